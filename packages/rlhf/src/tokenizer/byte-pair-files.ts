import { spellBytes } from "./byte-alphabet.ts";
import { firstByte, specialTokens } from "./special-tokens.ts";
import { wordPattern } from "./split-words.ts";
import type { Merge } from "./train-bpe.ts";

/** The same conversation as `encodePrompt` writes, for Hugging Face's `transformers`; it takes specials out of no content. */
export const chatTemplate = [
  "{{ bos_token }}{% for message in messages %}{{ '<|' + message['role'] + '|>' + message['content'] }}",
  "{% if message['role'] == 'assistant' %}{{ eos_token }}{% endif %}{% endfor %}",
  "{% if add_generation_prompt %}{{ '<|assistant|>' }}{% endif %}",
].join("");

/** The files of a tokenizer of ours, which Hugging Face's libraries read too. Equal merges give equal bytes. */
export function bytePairFiles(merges: readonly Merge[]): Map<string, Uint8Array> {
  const config = {
    tokenizer_class: "PreTrainedTokenizerFast",
    bos_token: "<|bos|>",
    eos_token: "<|eos|>",
    pad_token: "<|pad|>",
    clean_up_tokenization_spaces: false,
    chat_template: chatTemplate,
  };
  return new Map([
    ["tokenizer.json", serialise(merges)],
    ["tokenizer_config.json", new TextEncoder().encode(`${JSON.stringify(config, null, 2)}\n`)],
  ]);
}

/** The tokenizer as tokenizer.json, which Hugging Face's `tokenizers` reads too. Equal merges give equal bytes. */
function serialise(merges: readonly Merge[]): Uint8Array {
  const spelled = spellPieces(merges);
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
      merges: merges.map(([left, right]) => [spelled[left - firstByte], spelled[right - firstByte]]),
    },
  };
  return new TextEncoder().encode(JSON.stringify(json));
}

/** Bytes first, then each merge as the join of its parts. */
function spellPieces(merges: readonly Merge[]): string[] {
  const spelled = Array.from({ length: 256 }, (_, byte) => spellBytes(Uint8Array.of(byte)));
  for (const [left, right] of merges) {
    spelled.push((spelled[left - firstByte] ?? "") + (spelled[right - firstByte] ?? ""));
  }
  return spelled;
}
