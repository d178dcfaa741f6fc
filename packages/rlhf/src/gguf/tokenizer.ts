import { readTokenizer } from "../tokenizer/read-tokenizer.ts";
import { byteName, mergesByScore, sentencePieceJson } from "../tokenizer/sentence-piece.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { reasoned, type TrainingError } from "../training-error.ts";
import type { Metadata } from "./metadata.ts";
import { preTokenizers } from "./pre-tokenizers.ts";

/** What llama.cpp says of a piece, under tokenizer.ggml.token_type. */
const kind = { normal: 1, unknown: 2, control: 3, userDefined: 4, unused: 5, byte: 6 } as const;

/** Ids of the largest vocabularies in use are below 2¹⁸. */
const mostPieces = 262_144;

interface Piece {
  readonly content: string;
  readonly id: number;
  readonly kind: number;
}

/** Names of the tokens that begin and end a sequence; without an end no answer can end. */
interface Names {
  readonly bos: string | undefined;
  readonly eos: string;
  readonly unk: string | undefined;
  readonly pad: string | undefined;
}

/**
 * The tokenizer in the metadata of a GGUF file, written as Hugging Face's files, which say the same: byte-level BPE ("gpt2"
 * there) with the words of a known family, or SentencePiece's BPE ("llama").
 *
 * @throws TrainingError `bad_model_files` naming the key that does not fit
 */
export function readGgufTokenizer(metadata: Metadata): Tokenizer {
  const pieces = piecesIn(metadata);
  const names = namesIn(metadata, pieces);
  const model = metadata.text("tokenizer.ggml.model");
  const readers: Readonly<Record<string, (metadata: Metadata, pieces: readonly Piece[], names: Names) => object>> = {
    gpt2: bytePairs,
    llama: sentencePieces,
  };
  const json = readers[model]?.(metadata, pieces, names);
  if (json === undefined) throw notKnown(metadata, "tokenizer.ggml.model", model, Object.keys(readers));
  const config = {
    tokenizer_class: "PreTrainedTokenizerFast",
    ...(names.bos === undefined ? {} : { bos_token: names.bos }),
    eos_token: names.eos,
    ...(names.unk === undefined ? {} : { unk_token: names.unk }),
    ...(names.pad === undefined ? {} : { pad_token: names.pad }),
    clean_up_tokenization_spaces: false,
    ...(metadata.has("tokenizer.chat_template") ? { chat_template: metadata.text("tokenizer.chat_template") } : {}),
  };
  const bytes = (value: object, space?: number) => new TextEncoder().encode(`${JSON.stringify(value, null, space)}\n`);
  return readTokenizer(
    new Map([
      ["tokenizer.json", bytes(json)],
      ["tokenizer_config.json", bytes(config, 2)],
      ["generation_config.json", bytes({ eos_token_id: endsIn(metadata, pieces) })],
    ]),
  );
}

function notKnown({ file }: Metadata, key: string, value: string, known: readonly string[]): TrainingError {
  return reasoned("ggufTokenizer", { file, key, value, known: known.join(", ") });
}

/** @throws TrainingError `bad_model_files` where two pieces are the same, or their lists are not of one length */
function piecesIn(metadata: Metadata): Piece[] {
  const key = "tokenizer.ggml.tokens";
  const contents = metadata.texts(key);
  const kinds = metadata.numbers("tokenizer.ggml.token_type");
  const wrong = (at: string, detail: string) => reasoned("ggufKey", { file: metadata.file, key: at, detail });
  if (contents.length > mostPieces) throw wrong(key, `${contents.length} pieces are more than ${mostPieces}`);
  if (kinds.length !== contents.length) {
    throw wrong("tokenizer.ggml.token_type", `it has ${kinds.length} entries for ${contents.length} pieces`);
  }
  const seen = new Set<string>();
  for (const [id, content] of contents.entries()) {
    if (content === "" || seen.has(content)) throw wrong(key, `piece ${id} is empty or stands twice`);
    seen.add(content);
  }
  return contents.map((content, id) => ({ content, id, kind: kinds[id] ?? kind.normal }));
}

function namesIn(metadata: Metadata, pieces: readonly Piece[]): Names {
  const named = (name: string): string | undefined => {
    const key = `tokenizer.ggml.${name}_token_id`;
    const id = metadata.optionalNumber(key);
    const piece = id === undefined ? undefined : pieces[id];
    if (id !== undefined && piece === undefined) {
      throw reasoned("ggufKey", { file: metadata.file, key, detail: `there is no piece ${id}` });
    }
    return piece?.content;
  };
  const eos = named("eos");
  if (eos === undefined) {
    const detail = "it is missing, and without it no answer can end";
    throw reasoned("ggufKey", { file: metadata.file, key: "tokenizer.ggml.eos_token_id", detail });
  }
  return { bos: named("bos"), eos, unk: named("unknown"), pad: named("padding") };
}

/** Tokens at which the model's own files stop: the end of a text, of a turn, of a message. */
function endsIn(metadata: Metadata, pieces: readonly Piece[]): number[] {
  const ids = ["eos", "eot", "eom"].map((name) => metadata.optionalNumber(`tokenizer.ggml.${name}_token_id`));
  return [...new Set(ids.flatMap((id) => (id !== undefined && pieces[id] ? [id] : [])))];
}

/** Tokens that no merge makes: special ones, and those that stand for themselves in a text. */
function addedOf(pieces: readonly Piece[]) {
  return pieces
    .filter((piece) => [kind.unknown, kind.control, kind.userDefined].some((one) => one === piece.kind))
    .map(({ content, id, kind: of }) => ({ content, id, special: of !== kind.userDefined }));
}

function bytePairs(metadata: Metadata, pieces: readonly Piece[], { bos }: Names): object {
  const key = "tokenizer.ggml.pre";
  const pre = metadata.text(key);
  const opened = preTokenizers.get(pre)?.(metadata.optionalFlag("tokenizer.ggml.add_space_prefix") ?? false);
  if (opened === undefined) throw notKnown(metadata, key, pre, [...preTokenizers.keys()]);
  const begun = metadata.optionalFlag("tokenizer.ggml.add_bos_token") === true && bos !== undefined;
  const vocab = new Map(pieces.flatMap(({ content, id, kind: of }) => (of === kind.unused ? [] : [[content, id]])));
  const plain = { single_word: false, lstrip: false, rstrip: false, normalized: false };
  const sequence = (id: "A" | "B", type_id: number) => [
    { SpecialToken: { id: bos, type_id } },
    { Sequence: { id, type_id } },
  ];
  return {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: addedOf(pieces).map((token) => ({ ...token, ...plain })),
    normalizer: opened.normalizer,
    pre_tokenizer: opened.pre_tokenizer,
    post_processor: begun
      ? {
          type: "TemplateProcessing",
          single: sequence("A", 0),
          pair: [...sequence("A", 0), ...sequence("B", 1)],
          special_tokens: { [bos]: { id: bos, ids: [vocab.get(bos)], tokens: [bos] } },
        }
      : null,
    decoder: { type: "ByteLevel", add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      ...{ type: "BPE", dropout: null, unk_token: null, continuing_subword_prefix: null, end_of_word_suffix: null },
      ...{ fuse_unk: false, byte_fallback: false, ignore_merges: opened.ignoreMerges },
      vocab: Object.fromEntries(vocab),
      merges: mergesIn(metadata, vocab),
    },
  };
}

/** @throws TrainingError `bad_model_files` where a merge is not of two pieces that are one together, or stands twice */
function mergesIn(metadata: Metadata, vocab: ReadonlyMap<string, number>): [string, string][] {
  const key = "tokenizer.ggml.merges";
  const merges = metadata.texts(key);
  if (new Set(merges).size < merges.length) {
    throw reasoned("ggufKey", { file: metadata.file, key, detail: "a merge stands twice" });
  }
  return merges.map((merge, rank) => {
    const [left = "", right = "", ...more] = merge.split(" ");
    if (more.length === 0 && [left, right, left + right].every((piece) => piece !== "" && vocab.has(piece))) {
      return [left, right];
    }
    const detail = `merge ${rank} is not of two pieces that are a piece together`;
    throw reasoned("ggufKey", { file: metadata.file, key, detail });
  });
}

function sentencePieces(metadata: Metadata, pieces: readonly Piece[], names: Names): object {
  const { file } = metadata;
  const key = "tokenizer.ggml.scores";
  const scores = metadata.numbers(key);
  if (scores.length !== pieces.length) {
    throw reasoned("ggufKey", { file, key, detail: `it has ${scores.length} entries for ${pieces.length} pieces` });
  }
  if (metadata.optionalFlag("tokenizer.ggml.remove_extra_whitespaces") === true) {
    const detail = "spaces are never taken out of texts here";
    throw reasoned("ggufKey", { file, key: "tokenizer.ggml.remove_extra_whitespaces", detail });
  }
  const ids = new Map(pieces.flatMap(({ content, id, kind: of }) => (of === kind.unused ? [] : [[content, id]])));
  for (let byte = 0; byte < 256; byte++) {
    if (pieces[ids.get(byteName(byte)) ?? -1]?.kind === kind.byte) continue;
    throw reasoned("ggufKey", { file, key: "tokenizer.ggml.tokens", detail: `the byte ${byteName(byte)} is missing` });
  }
  const normal = pieces.filter((piece) => piece.kind === kind.normal);
  const merges = mergesByScore(new Map(normal.map(({ content, id }) => [content, scores[id] ?? 0])));
  if (merges === undefined) throw reasoned("ggufKey", { file, key, detail: "two pieces have the same score" });
  return sentencePieceJson({
    ...{ ids, merges, names, added: addedOf(pieces) },
    prefixed: metadata.optionalFlag("tokenizer.ggml.add_space_prefix") ?? true,
    begun: metadata.optionalFlag("tokenizer.ggml.add_bos_token") ?? true,
  });
}
