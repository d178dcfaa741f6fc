import { TrainingError } from "../training-error.ts";

/** Llama's own numbers of special tokens; ours differ. */
export const llamaSpecial = { unknown: 0, bos: 1, eos: 2 } as const;
const firstByte = 3;

export interface Llama2cTokenizer {
  readonly vocab: number;
  /** Ids of a text, without `<s>`. */
  encode(text: string): number[];
  /** Text of ids; special tokens vanish, broken bytes become U+FFFD, and so does the space that encoding puts in front. */
  decode(ids: Iterable<number>): string;
}

/**
 * Reads llama2.c's tokenizer.bin: int32 longest piece, then for each piece float32 score, int32 length, bytes. The pieces are
 * those of a SentencePiece BPE with byte fallback: characters are joined as long as any two neighbours are a piece together,
 * the best score first, the leftmost of equals.
 *
 * @param vocab number of pieces, as the model's header says; the file does not
 * @throws TrainingError `bad_model_files`
 */
export function readLlama2cTokenizer(bytes: Uint8Array, vocab: number): Llama2cTokenizer {
  const { pieces, scores } = readPieces(bytes, vocab);
  const ids = new Map<string, number>();
  // Special tokens are spelled in the file, and no text may spell them; nor do equal pieces move to a later id.
  for (const [id, piece] of pieces.entries()) {
    if (id >= firstByte + 256 && !ids.has(piece)) ids.set(piece, id);
  }
  const encoder = new TextEncoder();

  return {
    vocab,
    encode(text) {
      if (text === "") return [];
      const tokens = Array.from(` ${text}`, (character) => {
        const id = ids.get(character);
        return id === undefined ? Array.from(encoder.encode(character), (byte) => firstByte + byte) : [id];
      }).flat();
      for (let at = best(tokens); at !== undefined; at = best(tokens)) tokens.splice(at.place, 2, at.id);
      return tokens;
    },
    decode(tokens) {
      const parts: Uint8Array[] = [];
      for (const id of tokens) {
        const piece = pieces[id];
        if (piece === undefined || id < firstByte) continue;
        const byte = id < firstByte + 256;
        const shown = parts.length === 0 && piece.startsWith(" ") ? piece.slice(1) : piece;
        parts.push(byte ? Uint8Array.of(id - firstByte) : encoder.encode(shown));
      }
      return new TextDecoder("utf-8", { ignoreBOM: true }).decode(Buffer.concat(parts));
    },
  };

  function best(tokens: readonly number[]): { place: number; id: number } | undefined {
    let found: { place: number; id: number } | undefined;
    for (let place = 0; place + 1 < tokens.length; place++) {
      const id = ids.get((pieces[tokens[place] ?? 0] ?? "") + (pieces[tokens[place + 1] ?? 0] ?? ""));
      if (id !== undefined && (found === undefined || (scores[id] ?? 0) > (scores[found.id] ?? 0)))
        found = { place, id };
    }
    return found;
  }
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
    throw new TrainingError("bad_model_files", `The llama2.c tokenizer can't be used with ${vocab} pieces.`, { cause });
  }
  return { pieces, scores };
}
