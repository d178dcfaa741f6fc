import { firstByte, firstMerge } from "./special-tokens.ts";
import { splitWords } from "./split-words.ts";

/** Two neighbouring ids that become one; its own id is `firstMerge` plus its place in the list. */
export type Merge = readonly [left: number, right: number];

interface Word {
  ids: number[];
  readonly count: number;
}

/** One number for a pair of ids below 2¹⁶. */
const keyOf = (left: number, right: number) => left * 65_536 + right;

/**
 * Byte-pair encoding (Sennrich et al. 2016, algorithm 1) on bytes: the most frequent neighbouring pair is merged until
 * `vocab` pieces exist or no pair occurs twice. Ties go to the smaller ids, so equal word counts give equal merges
 * whatever the order of the texts.
 *
 * @param vocab pieces in all: special tokens, bytes and merges
 */
export function trainBpe(texts: Iterable<string>, vocab: number): Merge[] {
  const words = countWords(texts);
  const { counts, places } = indexPairs(words);
  const merges: Merge[] = [];
  while (firstMerge + merges.length < vocab) {
    const best = mostFrequent(counts);
    if (best === undefined) break;
    const merge: Merge = [Math.floor(best / 65_536), best % 65_536];
    const id = firstMerge + merges.length;
    merges.push(merge);
    for (const index of places.get(best) ?? []) {
      const word = words[index];
      if (word) replaceInWord(word, index, merge, id, counts, places);
    }
    counts.delete(best);
    places.delete(best);
  }
  return merges;
}

function countWords(texts: Iterable<string>): Word[] {
  const frequency = new Map<string, number>();
  for (const text of texts) for (const word of splitWords(text)) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const encoder = new TextEncoder();
  return [...frequency].map(([word, count]) => ({
    ids: Array.from(encoder.encode(word), (byte) => firstByte + byte),
    count,
  }));
}

type Counts = Map<number, number>;
type Places = Map<number, Set<number>>;

function indexPairs(words: readonly Word[]): { counts: Counts; places: Places } {
  const counts: Counts = new Map();
  const places: Places = new Map();
  for (const [index, word] of words.entries()) addPairs(word, index, 1, counts, places);
  return { counts, places };
}

/** Counts a word's pairs in (sign 1) or out (sign −1). A word stays in `places` once seen there: replacing is harmless. */
function addPairs({ ids, count }: Word, index: number, sign: 1 | -1, counts: Counts, places: Places): void {
  for (let i = 0; i + 1 < ids.length; i++) {
    const key = keyOf(ids[i] ?? 0, ids[i + 1] ?? 0);
    counts.set(key, (counts.get(key) ?? 0) + sign * count);
    if (sign === 1) {
      const at = places.get(key);
      if (at) at.add(index);
      else places.set(key, new Set([index]));
    }
  }
}

function replaceInWord(word: Word, index: number, merge: Merge, id: number, counts: Counts, places: Places): void {
  addPairs(word, index, -1, counts, places);
  word.ids = mergePair(word.ids, merge, id);
  addPairs(word, index, 1, counts, places);
}

/** Each left-to-right occurrence of the pair becomes the one id. */
export function mergePair(ids: readonly number[], [left, right]: Merge, id: number): number[] {
  const merged: number[] = [];
  for (let i = 0; i < ids.length; i++) {
    if (ids[i] === left && ids[i + 1] === right) {
      merged.push(id);
      i++;
    } else merged.push(ids[i] ?? 0);
  }
  return merged;
}

function mostFrequent(counts: Counts): number | undefined {
  let best: number | undefined;
  let most = 1; // a pair that occurs once saves nothing
  for (const [key, count] of counts) {
    if (count > most || (count === most && best !== undefined && key < best)) {
      best = key;
      most = count;
    }
  }
  return best;
}
