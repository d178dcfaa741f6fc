import { z } from "zod";
import { reasoned, reasonedBy } from "../training-error.ts";
import { type BytePairTokenizer, openTokenizer } from "./byte-pair.ts";
import { firstByte, firstMerge, specialTokens } from "./special-tokens.ts";
import { wordPattern } from "./split-words.ts";
import type { Merge } from "./train-bpe.ts";

/** Hugging Face's `tokenizers` format, version 1.0; only what can differ between two of ours is read back. */
const TokenizerJson = z.object({
  version: z.literal("1.0"),
  added_tokens: z.array(z.object({ id: z.number().int(), content: z.string() })).length(specialTokens.length),
  pre_tokenizer: z.object({
    pretokenizers: z.tuple([z.object({ pattern: z.object({ Regex: z.literal(wordPattern) }) })], z.unknown()),
  }),
  model: z.object({
    type: z.literal("BPE"),
    vocab: z.record(z.string(), z.number().int().min(0).max(65_535)),
    merges: z.array(z.tuple([z.string(), z.string()])).max(65_536 - firstMerge),
  }),
});

/** Larger than any of ours can be; a longer file is not parsed at all. */
const maximumBytes = 16 * 2 ** 20;

/** Reads tokenizer.json as `bytePairFiles` writes it. @throws TrainingError `bad_model_files` on anything else */
export function parseTokenizer(bytes: Uint8Array): BytePairTokenizer {
  const file = "tokenizer.json";
  if (bytes.length > maximumBytes) throw reasoned("fileTooLarge", { file, limit: maximumBytes });
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw reasonedBy(cause, "fileNotJson", { file });
  }
  const parsed = TokenizerJson.safeParse(json);
  if (!parsed.success) throw reasonedBy(parsed.error, "tokenizerForeign", { file });
  const { model, added_tokens } = parsed.data;
  if (added_tokens.some(({ id, content }) => specialTokens[id] !== content)) {
    throw reasoned("tokenizerSpecials", { file });
  }
  const ids = new Map(Object.entries(model.vocab));
  const merges = model.merges.map(([left, right], rank): Merge => {
    const pair: Merge = [ids.get(left) ?? -1, ids.get(right) ?? -1];
    if (ids.get(left + right) !== firstMerge + rank || pair.some((id) => id < firstByte || id >= firstMerge + rank)) {
      throw reasoned("tokenizerMerge", { file, rank });
    }
    return pair;
  });
  if (ids.size !== firstMerge + merges.length) throw reasoned("tokenizerPieces", { file });
  return openTokenizer(merges);
}
