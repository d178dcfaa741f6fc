import { firstByte, firstMerge } from "./special-tokens.ts";
import { splitWords } from "./split-words.ts";
import { type Merge, mergePair } from "./train-bpe.ts";

export interface Tokenizer {
  /** Number of pieces; ids are 0 … vocab − 1. */
  readonly vocab: number;
  readonly merges: readonly Merge[];
  /** Ids of a text. Never a special token, whatever the text spells. */
  encode(text: string): number[];
  /**
   * Text of ids; special tokens vanish. A character cut off at the end is left out, broken bytes within become U+FFFD,
   * ids that don't exist are skipped: whatever a model samples can be shown.
   */
  decode(ids: Iterable<number>): string;
}

/** Words are cached, since text repeats them; the bound keeps a long-lived worker's memory flat. */
const cacheLimit = 50_000;

/** A byte-level BPE from its merges. @throws RangeError if a merge joins a piece that does not exist yet */
export function openTokenizer(merges: readonly Merge[]): Tokenizer {
  const pieces: Uint8Array[] = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
  const ranks = new Map<number, number>();
  for (const [rank, [left, right]] of merges.entries()) {
    const first = pieces[left - firstByte];
    const second = pieces[right - firstByte];
    if (!first || !second) throw new RangeError(`merge ${rank} joins a piece that does not exist`);
    pieces.push(Uint8Array.of(...first, ...second));
    ranks.set(left * 65_536 + right, rank);
  }
  const encoder = new TextEncoder();
  const cache = new Map<string, readonly number[]>();

  function encodeWord(word: string): readonly number[] {
    const known = cache.get(word);
    if (known) return known;
    let ids = Array.from(encoder.encode(word), (byte) => firstByte + byte);
    for (let rank = lowestRank(ids, ranks); rank !== undefined; rank = lowestRank(ids, ranks)) {
      const merge = merges[rank];
      if (merge) ids = mergePair(ids, merge, firstMerge + rank);
    }
    if (cache.size >= cacheLimit) cache.clear();
    cache.set(word, ids);
    return ids;
  }

  return {
    vocab: firstMerge + merges.length,
    merges,
    encode: (text) => splitWords(text).flatMap(encodeWord),
    decode(ids) {
      // `stream` holds back an unfinished last character, which is exactly what is to be left out.
      const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
      let text = "";
      for (const id of ids) {
        const piece = pieces[id - firstByte];
        if (piece) text += decoder.decode(piece, { stream: true });
      }
      return text;
    },
  };
}

/** The earliest-learned merge that applies anywhere in the word. */
function lowestRank(ids: readonly number[], ranks: ReadonlyMap<number, number>): number | undefined {
  let lowest: number | undefined;
  for (let i = 0; i + 1 < ids.length; i++) {
    const rank = ranks.get((ids[i] ?? 0) * 65_536 + (ids[i + 1] ?? 0));
    if (rank !== undefined && (lowest === undefined || rank < lowest)) lowest = rank;
  }
  return lowest;
}
