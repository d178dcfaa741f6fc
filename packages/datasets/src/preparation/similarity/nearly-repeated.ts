import { GrowingNumbers } from "./growing.ts";
import { jaccard, mix } from "./shingles.ts";

/** A set that is like one before it. Both are numbers of sets, counted from 0. */
export interface NearlyRepeated {
  readonly set: number;
  readonly like: number;
  readonly similarity: number;
}

/** What a chain ends with. */
const none = 0xffffffff;
/** How often shingles occur is counted in so many cells; two that share one are taken for more frequent than they are. */
const cells = 1 << 18;
/** So that what rounding adds never makes a pair at the threshold a little less than alike. */
const hair = 1e-9;

/**
 * The sets of shingles that are at least `threshold` alike to an earlier one, none missed. An earlier one that is itself so is
 * not looked at: one of a family stands for it.
 *
 * Two sets that are alike share one of the few rarest of each (prefix filtering with lengths and positions, Xiao et al. 2008,
 * "Efficient similarity joins for near duplicate detection"), and only those are looked up. What a thousand prompts begin
 * with is not rare and brings none of them together, where MinHash would propose nearly all of them to each other. Beside the
 * sets it takes 16 bytes for every fifth shingle.
 */
export function nearlyRepeated(sets: readonly Uint32Array[], threshold: number): NearlyRepeated[] {
  const counts = countsOf(sets);
  const postings = new Postings();
  /** The set with which each was last compared. */
  const comparedWith = new Uint32Array(sets.length).fill(none);
  const found: NearlyRepeated[] = [];
  for (const [set, shingles] of sets.entries()) {
    const rarest = rarestOf(shingles, counts, threshold);
    const match = likeEarlier(set, rarest);
    if (match) found.push({ set, ...match });
    else for (const [place, shingle] of rarest.entries()) postings.add(shingle, set, place, shingles.length);
  }
  return found;

  function likeEarlier(set: number, rarest: readonly number[]): Omit<NearlyRepeated, "set"> | null {
    const shingles = sets[set] ?? new Uint32Array();
    for (const [place, shingle] of rarest.entries()) {
      // The longest that can still be alike; all that are left in a chain may be longer.
      const longest = ((shingles.length - place) * (1 + threshold)) / threshold - shingles.length + hair;
      for (let at = postings.newest(shingle); at !== none; at = postings.earlier(at)) {
        if (postings.shortest(at) > longest) break;
        const like = postings.setAt(at);
        if (comparedWith[like] === set) continue;
        const other = sets[like];
        if (!other || !mayBeAlike(shingles.length - place, shingles, other.length - postings.placeAt(at), other))
          continue;
        comparedWith[like] = set;
        const similarity = jaccard(other, shingles);
        if (similarity >= threshold) return { like, similarity };
      }
    }
    return null;
  }

  /** Whether from the first shingle that both have there are enough left, on both sides, to be alike by. */
  function mayBeAlike(left: number, one: Uint32Array, leftOfOther: number, other: Uint32Array): boolean {
    const needed = (threshold / (1 + threshold)) * (one.length + other.length) - hair;
    return left >= needed && leftOfOther >= needed;
  }
}

function countsOf(sets: readonly Uint32Array[]): Uint32Array {
  const counts = new Uint32Array(cells);
  for (const shingles of sets) for (const shingle of shingles) counts[cellOf(shingle)] = countIn(counts, shingle) + 1;
  return counts;
}

const cellOf = (shingle: number): number => mix(shingle) % cells;
const countIn = (counts: Uint32Array, shingle: number): number => counts[cellOf(shingle)] ?? 0;

/** The rarest first, in one order for all sets; without these, fewer are left than two sets that are alike share. */
function rarestOf(shingles: Uint32Array, counts: Uint32Array, threshold: number): number[] {
  const others = Math.max(0, Math.ceil(threshold * shingles.length - hair) - 1);
  return Array.from(shingles)
    .sort((a, b) => countIn(counts, a) - countIn(counts, b) || a - b)
    .slice(0, shingles.length - others);
}

/** Which sets a shingle is among the rarest of, and where there. */
class Postings {
  readonly #newest = new Map<number, number>();
  readonly #sets = new GrowingNumbers();
  readonly #places = new GrowingNumbers();
  readonly #earlier = new GrowingNumbers();
  readonly #shortest = new GrowingNumbers();

  add(shingle: number, set: number, place: number, length: number): void {
    const before = this.newest(shingle);
    this.#earlier.push(before);
    this.#shortest.push(before === none ? length : Math.min(length, this.shortest(before)));
    this.#newest.set(shingle, this.#sets.length);
    this.#sets.push(set);
    this.#places.push(place);
  }

  newest(shingle: number): number {
    return this.#newest.get(shingle) ?? none;
  }

  earlier(posting: number): number {
    return this.#earlier.at(posting);
  }

  /** The length of the shortest set from here to the end of the chain. */
  shortest(posting: number): number {
    return this.#shortest.at(posting);
  }

  setAt(posting: number): number {
    return this.#sets.at(posting);
  }

  placeAt(posting: number): number {
    return this.#places.at(posting);
  }
}
