import type { ExportCounts, ExportFormat } from "@touchstone/contracts";

/** Names of the messages that say why an export would hold no row. */
export type WhyEmpty =
  | "noJudgements"
  | "onlySimulated"
  | "noRatingQuestion"
  | "noRatings"
  | "noComparisonQuestion"
  | "noComparisons"
  | "withoutText"
  | "onlyTies"
  | "nothingLiked";

/** Why an export of this format would be empty now; null where it has rows. */
export function whyEmpty(counts: ExportCounts, format: ExportFormat): WhyEmpty | null {
  const { rows, ties, withoutText, simulated, asks } = counts;
  if (rows[format] > 0) return null;
  if (format === "ratings" && !asks.includes("rating")) return "noRatingQuestion";
  const compares = asks.some((kind) => kind === "preference" || kind === "ranking" || kind === "correction");
  if (format === "trl-preference" && !compares) return "noComparisonQuestion";
  if (rows.judgements === 0) return simulated > 0 ? "onlySimulated" : "noJudgements";
  if (withoutText === rows.judgements) return "withoutText";
  if (format === "ratings") return "noRatings";
  if (format === "sft-messages") return "nothingLiked";
  return ties > 0 ? "onlyTies" : "noComparisons";
}
