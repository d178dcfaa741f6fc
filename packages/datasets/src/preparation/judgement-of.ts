import type { TrainingRow } from "../training/training-row.ts";

/**
 * What a row says of its texts, and who says it: rows with the same texts are repeats only where this is the same too, since five
 * people's votes on one pair are five votes. A comparison is turned so that the better answer comes first.
 */
export function judgementOf(row: TrainingRow): string {
  switch (row.kind) {
    case "comparison":
      return JSON.stringify([row.kind, row.annotator, Math.abs(row.outcome), row.bothBad]);
    case "rating":
      return JSON.stringify([row.kind, row.annotator, row.score, ...(row.aspect === undefined ? [] : [row.aspect])]);
    case "ranking":
      return JSON.stringify([row.kind, row.annotator, row.groups.map((group) => group.length)]);
    case "judged":
      return JSON.stringify([row.kind, row.wanted]);
    case "rewarded":
      return JSON.stringify([row.kind, row.reward]);
    default:
      return row.kind;
  }
}

/** The answers, the better one of a comparison first. */
export function answersInOrder(row: TrainingRow, answers: readonly string[]): readonly string[] {
  return row.kind === "comparison" && row.outcome < 0 ? answers.toReversed() : answers;
}
