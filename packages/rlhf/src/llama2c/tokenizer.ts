import { byteName, mergesByScore, sentencePieceJson, writtenSpace } from "../tokenizer/sentence-piece.ts";
import { reasoned, reasonedBy, wordsOf } from "../training-error.ts";

/** Llama's first pieces, in this order; the 256 bytes follow. */
const specialPieces = ["<unk>", "<s>", "</s>"] as const;
const firstByte = specialPieces.length;
const firstPiece = firstByte + 256;

/**
 * Reads llama2.c's tokenizer.bin (int32 longest piece, then for each piece float32 score, int32 length, bytes) and writes it
 * as Hugging Face's tokenizer.json: its pieces are those of a SentencePiece BPE with byte fallback.
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
    const written = piece.replaceAll(" ", writtenSpace);
    if (written === "" || ids.has(written)) throw reasoned("llamaPieceTwice", { vocab, piece: firstPiece + place });
    ids.set(written, firstPiece + place);
  }
  return filesOf(ids, mergesOf(ids, scores, vocab));
}

/** @throws TrainingError `bad_model_files` */
function mergesOf(ids: ReadonlyMap<string, number>, scores: readonly number[], vocab: number): [string, string][] {
  const pieces = [...ids].filter(([, id]) => id >= firstPiece);
  const merges = mergesByScore(new Map(pieces.map(([piece, id]) => [piece, scores[id] ?? 0])));
  if (merges === undefined) throw reasoned("llamaSameScore", { vocab });
  return merges;
}

function filesOf(ids: ReadonlyMap<string, number>, merges: readonly [string, string][]): Map<string, Uint8Array> {
  const [unk, bos, eos] = specialPieces;
  const added = specialPieces.map((content, id) => ({ id, content, special: true }));
  const tokenizer = sentencePieceJson({ ids, merges, added, names: { bos, eos, unk }, prefixed: true, begun: true });
  const config = {
    tokenizer_class: "PreTrainedTokenizerFast",
    bos_token: bos,
    eos_token: eos,
    unk_token: unk,
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
