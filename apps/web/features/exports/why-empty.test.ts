import type { ExportCounts, RecordFormat } from "@touchstone/contracts";
import { expect, it } from "vitest";
import { whyEmpty } from "./why-empty.ts";

type Counted = Partial<Omit<ExportCounts, "rows">> & { rows?: Partial<ExportCounts["rows"]> };
const counts = ({ rows, ...rest }: Counted): ExportCounts => ({
  rows: { "trl-preference": 0, ratings: 0, stepwise: 0, "sft-messages": 0, judgements: 0, ...rows },
  ties: 0,
  withoutText: 0,
  skips: 0,
  blind: 0,
  simulated: 0,
  leftOut: [],
  asks: ["preference"],
  ...rest,
});

it.each<[RecordFormat, Counted, ReturnType<typeof whyEmpty>]>([
  ["judgements", { rows: { judgements: 1 } }, null],
  ["judgements", {}, "noJudgements"],
  ["judgements", { simulated: 3 }, "onlySimulated"],
  ["judgements", { leftOut: [{ reason: "trial", judgements: 2 }] }, "leftOut"],
  ["ratings", { rows: { judgements: 5 } }, "noRatingQuestion"],
  ["ratings", { rows: { judgements: 5 }, asks: ["preference", "rating"] }, "noRatings"],
  ["trl-preference", { rows: { judgements: 5 }, asks: ["rating"] }, "noComparisonQuestion"],
  ["trl-preference", { rows: { judgements: 5 }, asks: ["correction"] }, "noComparisons"],
  ["trl-preference", { rows: { judgements: 5 }, ties: 5 }, "onlyTies"],
  ["trl-preference", { rows: { judgements: 5 }, ties: 5, asks: ["ranking"] }, "onlyTies"],
  ["trl-preference", { rows: { judgements: 5 }, asks: ["preference", "rating"] }, "noComparisons"],
  ["trl-preference", { rows: { judgements: 5 }, withoutText: 5 }, "withoutText"],
  ["sft-messages", { rows: { judgements: 5 } }, "nothingLiked"],
])("says why %s of %j holds no row", (format, counted, reason) => {
  expect(whyEmpty(counts(counted), format)).toBe(reason);
});
