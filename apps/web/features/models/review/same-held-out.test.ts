import { describe, expect, it } from "vitest";
import { heldOutDifference } from "./same-held-out.ts";

const rewardModel = (more: object = {}, metrics: Readonly<Record<string, unknown>> = {}) => ({
  kind: "reward" as const,
  labelSetId: "set",
  tokenizerSha256: "words",
  metrics: { "heldout.accuracy": 0.7, "heldout.comparisons": 40, ...metrics },
  ...more,
});
const policy = (metrics: Readonly<Record<string, unknown>>) => ({ ...rewardModel(), kind: "policy" as const, metrics });

describe("why held-out figures can't be compared", () => {
  it("is nothing where two models were measured on the same rows", () => {
    expect(heldOutDifference(rewardModel(), rewardModel({}, { "heldout.accuracy": 0.4 }))).toBeNull();
    expect(heldOutDifference(rewardModel({}, { labelsTooLong: 3 }), rewardModel({}, { labelsTooLong: 3 }))).toBeNull();
  });

  it.each([
    ["otherKind", rewardModel(), policy({ "heldout.reward": 1 })],
    ["notMeasured", rewardModel(), rewardModel({ metrics: {} })],
    ["noLabels", rewardModel(), rewardModel({ labelSetId: null })],
    ["otherLabels", rewardModel(), rewardModel({ labelSetId: "another" })],
    ["otherCount", rewardModel(), rewardModel({}, { "heldout.comparisons": 41 })],
    ["otherLength", rewardModel(), rewardModel({}, { labelsTooLong: 1 })],
    [
      "otherLength",
      rewardModel({}, { labelsTooLong: 1 }),
      rewardModel({ tokenizerSha256: "others" }, { labelsTooLong: 1 }),
    ],
    ["promptsNotKept", policy({ "heldout.reward": 1 }), policy({ "heldout.reward": 2 })],
  ])("is %s", (why, one, other) => {
    expect(heldOutDifference(one, other)).toBe(why);
    expect(heldOutDifference(other, one)).toBe(why);
  });
});
