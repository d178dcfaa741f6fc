import type { ExportCounts, QuestionKind, RecordFormat } from "@touchstone/contracts";

/** Names of the messages that say why an export would hold no row. */
export type WhyEmpty =
  | "noJudgements"
  | "onlySimulated"
  | "leftOut"
  | "noRatingQuestion"
  | "noRatings"
  | "noComparisonQuestion"
  | "noComparisons"
  | "withoutText"
  | "onlyTies"
  | "nothingLiked"
  | "noStepsQuestion"
  | "noSteps";

/** Kinds of question whose answers say which of two answers is better. */
const comparing: readonly QuestionKind[] = ["preference", "ranking", "best-worst", "correction"];

/** Why an export of this format would be empty now; null where it has rows. */
export function whyEmpty(counts: ExportCounts, format: RecordFormat): WhyEmpty | null {
  const { rows, ties, withoutText, simulated, leftOut, asks } = counts;
  if (rows[format] > 0) return null;
  if (format === "ratings" && !asks.some((kind) => kind === "rating" || kind === "aspects")) return "noRatingQuestion";
  if (format === "trl-preference" && !asks.some((kind) => comparing.includes(kind))) {
    return "noComparisonQuestion";
  }
  if (format === "stepwise" && !asks.includes("steps")) return "noStepsQuestion";
  if (rows.judgements === 0 && leftOut.length > 0) return "leftOut";
  if (rows.judgements === 0) return simulated > 0 ? "onlySimulated" : "noJudgements";
  if (withoutText === rows.judgements) return "withoutText";
  if (format === "ratings") return "noRatings";
  if (format === "stepwise") return "noSteps";
  if (format === "sft-messages") return "nothingLiked";
  return ties > 0 ? "onlyTies" : "noComparisons";
}
