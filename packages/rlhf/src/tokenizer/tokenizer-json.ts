import { createHash } from "node:crypto";
import { z } from "zod";
import { TrainingError } from "../training-error.ts";
import { spellBytes } from "./byte-alphabet.ts";
import { firstByte, firstMerge, specialTokens } from "./special-tokens.ts";
import { wordPattern } from "./split-words.ts";
import { openTokenizer, type Tokenizer } from "./tokenizer.ts";
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

/** The tokenizer as tokenizer.json, which Hugging Face's `tokenizers` reads too. Equal merges give equal bytes. */
export function serialiseTokenizer(tokenizer: Tokenizer): Uint8Array {
  const spelled = spellPieces(tokenizer.merges);
  const json = {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: specialTokens.map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: null,
    pre_tokenizer: {
      type: "Sequence",
      pretokenizers: [
        { type: "Split", pattern: { Regex: wordPattern }, behavior: "Isolated", invert: false },
        { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: false },
      ],
    },
    post_processor: null,
    decoder: { type: "ByteLevel", add_prefix_space: false, trim_offsets: true, use_regex: false },
    model: {
      type: "BPE",
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries([
        ...specialTokens.map((content, id) => [content, id] as const),
        ...spelled.map((piece, index) => [piece, firstByte + index] as const),
      ]),
      merges: tokenizer.merges.map(([left, right]) => [spelled[left - firstByte], spelled[right - firstByte]]),
    },
  };
  return new TextEncoder().encode(JSON.stringify(json));
}

/** Reads tokenizer.json as `serialiseTokenizer` writes it. @throws TrainingError `bad_model_files` on anything else */
export function parseTokenizer(bytes: Uint8Array): Tokenizer {
  const refuse = (why: string, cause?: unknown) =>
    new TrainingError("bad_model_files", `tokenizer.json can't be used: ${why}.`, { cause });
  if (bytes.length > maximumBytes) throw refuse("it is larger than 16 MiB");
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw refuse("it is no JSON", cause);
  }
  const parsed = TokenizerJson.safeParse(json);
  if (!parsed.success) throw refuse("it is no byte-level BPE of this project", parsed.error);
  const { model, added_tokens } = parsed.data;
  if (added_tokens.some(({ id, content }) => specialTokens[id] !== content)) throw refuse("its special tokens differ");
  const ids = new Map(Object.entries(model.vocab));
  const merges = model.merges.map(([left, right], rank): Merge => {
    const pair: Merge = [ids.get(left) ?? -1, ids.get(right) ?? -1];
    if (ids.get(left + right) !== firstMerge + rank || pair.some((id) => id < firstByte || id >= firstMerge + rank)) {
      throw refuse(`merge ${rank} does not fit its vocabulary`);
    }
    return pair;
  });
  if (ids.size !== firstMerge + merges.length) throw refuse("its vocabulary holds pieces without a merge");
  return openTokenizer(merges);
}

/** Identity of a tokenizer: models can only be compared by KL, or score each other's tokens, if it is equal. */
export function tokenizerSha256(tokenizer: Tokenizer): string {
  return createHash("sha256").update(serialiseTokenizer(tokenizer)).digest("hex");
}

/** Bytes first, then each merge as the join of its parts. */
function spellPieces(merges: readonly Merge[]): string[] {
  const spelled = Array.from({ length: 256 }, (_, byte) => spellBytes(Uint8Array.of(byte)));
  for (const [left, right] of merges) {
    spelled.push((spelled[left - firstByte] ?? "") + (spelled[right - firstByte] ?? ""));
  }
  return spelled;
}
