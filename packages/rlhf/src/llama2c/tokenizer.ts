import { reasoned, reasonedBy, wordsOf } from "../training-error.ts";

/** Llama's first pieces, in this order; the 256 bytes follow. */
const specialPieces = ["<unk>", "<s>", "</s>"] as const;
const firstByte = specialPieces.length;
const firstPiece = firstByte + 256;
/** How SentencePiece writes a space. */
const space = "\u2581";
const byteName = (byte: number) => `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`;

/**
 * Reads llama2.c's tokenizer.bin (int32 longest piece, then for each piece float32 score, int32 length, bytes) and writes it
 * as Hugging Face's tokenizer.json, which its libraries read as well as we do. The pieces are those of a SentencePiece BPE
 * with byte fallback: characters are joined as long as any two neighbours are a piece together, the best score first. So every
 * split of a piece into two pieces is a merge, ranked by the piece's score.
 *
 * @param vocab number of pieces, as the model's header says; the file does not
 * @returns the files of a tokenizer, by name
 * @throws TrainingError `bad_model_files`
 */
export function readLlama2cTokenizer(bytes: Uint8Array, vocab: number): Map<string, Uint8Array> {
  const { pieces, scores } = readPieces(bytes, vocab);
  for (let byte = 0; byte < 256; byte++) {
    if (pieces[firstByte + byte]?.toUpperCase() !== byteName(byte).toUpperCase()) {
      throw reasoned("llamaFirstPieces", { vocab });
    }
  }
  const ids = new Map(specialPieces.map((piece, id): [string, number] => [piece, id]));
  for (let byte = 0; byte < 256; byte++) ids.set(byteName(byte), firstByte + byte);
  for (const [place, piece] of pieces.slice(firstPiece).entries()) {
    const written = piece.replaceAll(" ", space);
    if (written === "" || ids.has(written)) throw reasoned("llamaPieceTwice", { vocab, piece: firstPiece + place });
    ids.set(written, firstPiece + place);
  }
  return filesOf(ids, mergesOf(ids, scores, vocab));
}

function mergesOf(ids: ReadonlyMap<string, number>, scores: readonly number[], vocab: number): [string, string][] {
  const joined = [...ids].flatMap(([piece, id]) => {
    const characters = Array.from(piece);
    return id < firstPiece || characters.length < 2 ? [] : [{ characters, score: scores[id] ?? 0 }];
  });
  // Between equal scores llama2.c takes whichever stands first in the text, which no list of merges can say.
  if (new Set(joined.map(({ score }) => score)).size < joined.length) {
    throw reasoned("llamaSameScore", { vocab });
  }
  joined.sort((a, b) => b.score - a.score);
  return joined.flatMap(({ characters }) =>
    characters.slice(1).flatMap((_, at): [string, string][] => {
      const [left, right] = [characters.slice(0, at + 1).join(""), characters.slice(at + 1).join("")];
      return isPiece(ids, left) && isPiece(ids, right) ? [[left, right]] : [];
    }),
  );
}

function isPiece(ids: ReadonlyMap<string, number>, text: string): boolean {
  return (ids.get(text) ?? 0) >= firstPiece;
}

function filesOf(ids: ReadonlyMap<string, number>, merges: readonly [string, string][]): Map<string, Uint8Array> {
  const bos = specialPieces[1];
  const tokenizer = {
    version: "1.0",
    truncation: null,
    padding: null,
    added_tokens: specialPieces.map((content, id) => ({
      ...{ id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true },
    })),
    normalizer: {
      type: "Sequence",
      normalizers: [
        { type: "Prepend", prepend: space },
        { type: "Replace", pattern: { String: " " }, content: space },
      ],
    },
    pre_tokenizer: null,
    post_processor: {
      type: "TemplateProcessing",
      single: [{ SpecialToken: { id: bos, type_id: 0 } }, { Sequence: { id: "A", type_id: 0 } }],
      pair: [
        ...[{ SpecialToken: { id: bos, type_id: 0 } }, { Sequence: { id: "A", type_id: 0 } }],
        ...[{ SpecialToken: { id: bos, type_id: 1 } }, { Sequence: { id: "B", type_id: 1 } }],
      ],
      special_tokens: { [bos]: { id: bos, ids: [ids.get(bos)], tokens: [bos] } },
    },
    decoder: {
      type: "Sequence",
      decoders: [
        { type: "Replace", pattern: { String: space }, content: " " },
        { type: "ByteFallback" },
        { type: "Fuse" },
        { type: "Strip", content: " ", start: 1, stop: 0 },
      ],
    },
    model: {
      type: "BPE",
      dropout: null,
      unk_token: specialPieces[0],
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: true,
      byte_fallback: true,
      ignore_merges: false,
      vocab: Object.fromEntries(ids),
      merges,
    },
  };
  const config = {
    tokenizer_class: "PreTrainedTokenizerFast",
    bos_token: bos,
    eos_token: specialPieces[2],
    unk_token: specialPieces[0],
    clean_up_tokenization_spaces: false,
  };
  return new Map([
    ["tokenizer.json", new TextEncoder().encode(JSON.stringify(tokenizer))],
    ["tokenizer_config.json", new TextEncoder().encode(`${JSON.stringify(config, null, 2)}\n`)],
  ]);
}

function readPieces(bytes: Uint8Array, vocab: number): { pieces: string[]; scores: number[] } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const pieces: string[] = [];
  const scores: number[] = [];
  try {
    let offset = 4;
    for (let id = 0; id < vocab; id++) {
      scores.push(view.getFloat32(offset, true));
      const length = view.getInt32(offset + 4, true);
      if (length < 0 || offset + 8 + length > bytes.length) throw new RangeError(`piece ${id} leaves the file`);
      pieces.push(decoder.decode(bytes.subarray(offset + 8, offset + 8 + length)));
      offset += 8 + length;
    }
    if (offset !== bytes.length) throw new RangeError(`${bytes.length - offset} bytes are left over`);
  } catch (cause) {
    throw reasonedBy(cause, "llamaPiecesUnread", { vocab, detail: wordsOf(cause) });
  }
  return { pieces, scores };
}
