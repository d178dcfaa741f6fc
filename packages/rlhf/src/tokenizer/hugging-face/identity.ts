import { createHash } from "node:crypto";
import type { SpecialIds } from "../tokenizer.ts";
import type { Definition, TokenizerJson } from "./definition.ts";

/**
 * SHA-256 of what a tokenizer does: its pieces, merges, the parts around them, its special tokens and its chat template.
 * Libraries write further keys, other orders and other spellings of the same into its files each time they save it, and a
 * model that was fine-tuned elsewhere must still be held against its own origin.
 */
export function identityOf({ tokenizer, chatTemplate }: Definition, { bos, eos, pad }: SpecialIds): string {
  const { added_tokens, normalizer, pre_tokenizer, decoder } = tokenizer;
  const added = [...added_tokens]
    .sort((one, other) => one.id - other.id)
    .map(({ id, content, special }) => ({ id, content, special }));
  const meaning = {
    ...{ added, normalizer, pre_tokenizer, decoder, model: meaningOf(tokenizer.model) },
    ...{ bos, eos, pad: pad ?? null, chatTemplate: chatTemplate ?? null },
  };
  return createHash("sha256")
    .update(JSON.stringify(inOrder(meaning)))
    .digest("hex");
}

/** Pieces by their ids and merges as pairs, whatever order and spelling the file has. */
function meaningOf(model: TokenizerJson["model"]): object {
  if (model.type === "Unigram") return model;
  const { vocab, merges, ...rest } = model;
  return {
    ...rest,
    vocab: Object.entries(vocab).sort(([, one], [, other]) => one - other),
    merges: merges.map((merge) => (typeof merge === "string" ? merge.split(" ") : merge)),
  };
}

/** The same value with the keys of every object in one order; what is null or absent is the same. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (typeof value !== "object" || value === null) return value;
  const present = Object.entries(value).filter(([, inner]) => inner !== null && inner !== undefined);
  return Object.fromEntries(
    present.sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, inner]) => [key, inOrder(inner)]),
  );
}
