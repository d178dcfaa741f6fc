import type { EvaluationView } from "@touchstone/contracts";
import { type Seen, seenFrom } from "../evaluations/seen-from.ts";
import { type HeldOutDifference, heldOutDifference } from "../models/review/same-held-out.ts";
import type { Subject } from "./subject.ts";

/** Each with each, in their order. */
export function pairsOf<Item>(items: readonly Item[]): (readonly [Item, Item])[] {
  return items.flatMap((one, at) => items.slice(at + 1).map((other) => [one, other] as const));
}

export interface HeldOutPair {
  readonly one: Subject;
  readonly other: Subject;
  /** Null: they were measured on the same rows. */
  readonly why: HeldOutDifference | null;
}

/** For each two whether their held-out figures may be compared, and why not. A run without a model has none. */
export function heldOutPairs(subjects: readonly Subject[]): HeldOutPair[] {
  return pairsOf(subjects).map(([one, other]) => ({
    ...{ one, other },
    why: one.model && other.model ? heldOutDifference(one.model, other.model) : "notMeasured",
  }));
}

/** What people said of two policies, blind, of the first against the second. */
export interface BlindPair {
  readonly one: Subject;
  readonly other: Subject;
  readonly evaluation: EvaluationView;
  /** How the first stands; null while nobody has judged enough, and of more than two policies. */
  readonly seen: Seen | null;
}

/** The newest comparison of each two: one of just these two if there is one, else one of several. */
export function blindPairs(subjects: readonly Subject[], evaluations: readonly EvaluationView[]): BlindPair[] {
  const newest = evaluations.toSorted((one, other) => (one.createdAt < other.createdAt ? 1 : -1));
  return pairsOf(subjects).flatMap(([one, other]): BlindPair[] => {
    const [a, b] = [one.model?.id, other.model?.id];
    if (a === undefined || b === undefined) return [];
    const both = newest.filter(({ candidateId, baselineId, others }) => {
      const compared = [candidateId, baselineId, ...others.map(({ id }) => id)];
      return compared.includes(a) && compared.includes(b);
    });
    const evaluation = both.find(({ others }) => others.length === 0) ?? both[0];
    if (!evaluation) return [];
    // One of several policies has no rate of two.
    const seen = evaluation.others.length > 0 ? null : seenFrom(evaluation, a);
    return [{ one, other, evaluation, seen }];
  });
}
