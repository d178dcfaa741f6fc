import type { Comparison, Ranking } from "@touchstone/contracts";
import type { LabelMeasure } from "@touchstone/rlhf";
import { expect, test } from "vitest";
import { fitRows } from "./fit-rows.ts";

const answer = (text: string) => ({ completionId: text, text });
const origin = { judgementId: "j", annotator: "w", promptId: "p", prompt: [], split: "train" as const, weight: 1 };
const pair: Comparison = {
  ...{ kind: "comparison", ...origin, a: answer("long"), b: answer("x") },
  ...{ outcome: 1, bothBad: false, first: "a" },
};
const ranking: Ranking = {
  ...{ kind: "ranking", ...origin },
  ...{ groups: [[answer("x")], [answer("y"), answer("long")]], rest: true },
};
/** Has no room for the long answer. */
const measure: LabelMeasure = {
  context: 8,
  comparison: ({ a, b }) => (a.text === "long" || b.text === "long" ? "tooLong" : "whole"),
  rating: () => "whole",
  conversation: () => "whole",
  prompt: () => "whole",
};

test("comparisons are counted as the trainers read them: those that were asked for, and the pairs of rankings", () => {
  const fits = (forms: (Comparison | Ranking)[]) => fitRows("comparisons", forms, measure).map((row) => row.fit());
  expect(fits([ranking, pair])).toEqual(["tooLong", "whole", "tooLong"]);
  expect(fits([{ ...ranking, groups: [[answer("x")], [answer("y")], [answer("z")]] }])).toHaveLength(3);
});
