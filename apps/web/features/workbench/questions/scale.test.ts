import { PreferenceAnswer, RatingAnswer, standardQuestion } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { preference } from "./preference.ts";
import { rating } from "./rating.ts";
import { partOf } from "./scale.ts";

const pair = standardQuestion("preference");
const scales = { preference: preference.scale(pair), rating: rating.scale(standardQuestion("rating")) };

describe("the scales", () => {
  it.each([
    ["preference", PreferenceAnswer],
    ["rating", RatingAnswer],
  ] as const)("answer a %s with answers that the contract accepts, one key each", (kind, contract) => {
    const parts = [...scales[kind].parts, ...scales[kind].beside];
    for (const { answer } of parts) expect(contract.safeParse(answer).success).toBe(true);
    expect(new Set(parts.map(({ key }) => key)).size).toBe(parts.length);
    for (const part of parts) expect(partOf(scales[kind], part.answer)).toEqual(part);
  });

  it("put left better on the low digits, the tie on 4 and both bad on 0", () => {
    const { parts, beside } = scales.preference;
    const byKey = Object.fromEntries([...parts, ...beside].map(({ key, answer }) => [key, answer]));
    expect(byKey).toMatchObject({
      "0": { choice: "both-bad" },
      "1": { choice: "graded", step: 1 },
      "4": { choice: "graded", step: 4 },
      "7": { choice: "graded", step: 7 },
    });
  });

  it("number the steps of a coarser scale anew, and say the same with them", () => {
    const coarse = preference.scale({ ...pair, settings: { steps: 3, bothBad: false } });
    expect(coarse.parts.map(({ key, answer }) => [key, answer.step])).toEqual([
      ["1", 2],
      ["2", 4],
      ["3", 6],
    ]);
    expect(coarse.beside).toEqual([]);
  });
});
