/** What a byte-level tokenizer does to a text before its merges, as Hugging Face's tokenizer.json says it. */
export interface PreTokenizer {
  readonly normalizer: object | null;
  readonly pre_tokenizer: object;
  /** Whether a word that is a piece is one, whatever the merges say. */
  readonly ignoreMerges: boolean;
}

const byteLevel = (use_regex: boolean, add_prefix_space: boolean) => ({
  ...{ type: "ByteLevel", add_prefix_space, trim_offsets: true, use_regex },
});
/** GPT-4's words, with numbers in pieces of so many digits. */
const words = (digits: string) =>
  [
    "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+",
    `\\p{N}${digits}`,
    " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
  ].join("|");
const split = (Regex: string) => ({ type: "Split", pattern: { Regex }, behavior: "Isolated", invert: false });
const sequence = (...pretokenizers: object[]) => ({ type: "Sequence", pretokenizers });

const gpt2 = (prefix: boolean): PreTokenizer => ({
  ...{ normalizer: null, pre_tokenizer: byteLevel(true, prefix), ignoreMerges: false },
});
const smollm = (prefix: boolean): PreTokenizer => ({
  normalizer: null,
  pre_tokenizer: sequence({ type: "Digits", individual_digits: true }, byteLevel(true, prefix)),
  ignoreMerges: false,
});
const llama3 = (prefix: boolean): PreTokenizer => ({
  ...{ normalizer: null, pre_tokenizer: sequence(split(words("{1,3}")), byteLevel(false, prefix)), ignoreMerges: true },
});
const qwen2 = (prefix: boolean): PreTokenizer => ({
  normalizer: { type: "NFC" },
  pre_tokenizer: sequence(split(words("")), byteLevel(false, prefix)),
  ignoreMerges: false,
});

/** By what llama.cpp calls them under tokenizer.ggml.pre. */
export const preTokenizers: ReadonlyMap<string, (prefix: boolean) => PreTokenizer> = new Map([
  ["gpt-2", gpt2],
  ["smollm", smollm],
  ["llama-bpe", llama3],
  ["llama3", llama3],
  ["llama-v3", llama3],
  ["qwen2", qwen2],
  ["deepseek-r1-qwen", qwen2],
]);
