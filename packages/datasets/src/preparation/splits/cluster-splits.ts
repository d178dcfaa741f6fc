import { createHash } from "node:crypto";
import { type PreparationSpec, Split } from "@touchstone/contracts";
import { hashText, shinglesOf } from "../similarity/shingles.ts";
import { SimilarityIndex } from "../similarity/similarity-index.ts";
import { DisjointSets } from "./disjoint-sets.ts";

export interface SplitAssignment {
  /** Every tree's key, those of earlier versions included, and its split. */
  readonly splits: ReadonlyMap<string, Split>;
  /** Trees that were added, those of earlier versions included. */
  readonly trees: number;
  /** Clusters that they form. */
  readonly clusters: number;
  /** Trees of the largest cluster. */
  readonly largest: number;
  /** Trees that an earlier version had in a less protected split: something new joined them to a cluster that was held out. */
  readonly moved: readonly { readonly key: string; readonly from: Split; readonly to: Split }[];
}

/** Later ones are the more protected: what was measured on must never be learned from. */
const protection = Split.options;
const mostProtected = (splits: readonly Split[]): Split | undefined =>
  protection.findLast((split) => splits.includes(split));

/**
 * Splits for good. The unit is a tree of conversations with one first question (`clusterKey`); trees with prompts that are nearly
 * the same form a cluster, and a cluster is never divided.
 *
 * A cluster of new trees goes where the hash of its least key says: neither the order of rows nor chance has a part in it. Trees
 * that an earlier version placed stay there, and new ones go where their cluster is. Where something new joins clusters of
 * different splits, all go to the most protected one (test, then validation): the only trees that ever move, and they are named.
 * Held-out prompts thus never become training data, and nothing in training is nearly the same as something held out.
 */
export class ClusterSplits {
  readonly #settings: PreparationSpec["split"];
  readonly #shingle: number;
  readonly #index: SimilarityIndex;
  readonly #sets = new DisjointSets();
  readonly #members = new Map<string, number>();
  readonly #assigned = new Map<string, Split>();
  /** Member of each entry of the index. */
  readonly #memberOf: number[] = [];
  /** Texts that are in the index already, by the member that has them: trees repeat their root in every row. */
  readonly #known = new Set<string>();

  /** @param previous what earlier versions decided */
  constructor(
    settings: PreparationSpec["split"],
    { shingle, hashes }: Pick<PreparationSpec["duplicates"], "shingle" | "hashes">,
    previous: Iterable<readonly [key: string, split: Split]> = [],
  ) {
    this.#settings = settings;
    this.#shingle = shingle;
    this.#index = new SimilarityIndex(settings.threshold, hashes);
    for (const [key, split] of previous) this.assign(key, split);
  }

  /** A decision made elsewhere: by an earlier version, or by who published the data. */
  assign(key: string, split: Split): void {
    const before = this.#assigned.get(key);
    this.#assigned.set(key, mostProtected(before === undefined ? [split] : [split, before]) ?? split);
  }

  /** Places the texts of a prompt, those of `clusterTexts`, in the tree of that key. */
  add(key: string, texts: readonly string[]): void {
    const member = this.#memberFor(key);
    for (const text of new Set(texts)) {
      const known = `${member} ${text.length} ${hashText(text)}`;
      if (this.#known.has(known)) continue;
      this.#known.add(known);
      const parts = [shinglesOf(text, this.#shingle)];
      const keys = this.#index.keysOf(parts);
      const isTogether = (entry: number) =>
        this.#sets.root(this.#memberOf[entry] ?? member) === this.#sets.root(member);
      for (const { entry } of this.#index.similar(parts, keys, isTogether)) {
        this.#sets.join(this.#memberOf[entry] ?? member, member);
      }
      this.#index.add(parts, keys);
      this.#memberOf.push(member);
    }
  }

  /** To be asked when everything was added. */
  assignment(): SplitAssignment {
    const clusters = new Map<number, string[]>();
    for (const [key, member] of this.#members) {
      const root = this.#sets.root(member);
      const keys = clusters.get(root);
      if (keys) keys.push(key);
      else clusters.set(root, [key]);
    }
    const splits = new Map(this.#assigned);
    const moved: { key: string; from: Split; to: Split }[] = [];
    let largest = 0;
    for (const keys of clusters.values()) {
      largest = Math.max(largest, keys.length);
      const earlier = keys.flatMap((key) => this.#assigned.get(key) ?? []);
      const split = mostProtected(earlier) ?? this.#byHash(keys.toSorted()[0] ?? "");
      for (const key of keys) {
        const from = this.#assigned.get(key);
        if (from !== undefined && from !== split) moved.push({ key, from, to: split });
        splits.set(key, split);
      }
    }
    return { splits, trees: this.#members.size, clusters: clusters.size, largest, moved };
  }

  #memberFor(key: string): number {
    const known = this.#members.get(key);
    if (known !== undefined) return known;
    const member = this.#sets.add();
    this.#members.set(key, member);
    return member;
  }

  /** test takes the lowest hashes, validation the next: a larger share of either only takes from training. */
  #byHash(key: string): Split {
    const share = createHash("sha256").update(key).digest().readUInt32BE(0) / 2 ** 32;
    const { validation, test } = this.#settings;
    if (share < test) return "test";
    return share < test + validation ? "validation" : "train";
  }
}
