import { RewardSpec } from "@touchstone/contracts";
import { expect, it } from "vitest";
import { accuracyOf, partsOf } from "./reward-facts.ts";

it("names the parts that a recipe adds up, and none that it leaves out", () => {
  const of = (more: object) => partsOf(RewardSpec.parse({ trainer: "reward", ...more }));
  expect(of({})).toEqual(["network", "likelihood"]);
  expect(of({ likelihood: 0, lexicalBuckets: 1024, surface: true })).toEqual(["network", "words", "surface"]);
  expect(of({ ensemble: {} })).toEqual(["network", "likelihood", "ensemble"]);
  expect(of({ frozen: {} })).toEqual(["frozen"]);
  expect(partsOf(undefined)).toBeNull();
  expect(partsOf({ trainer: "import" })).toBeNull();
});

it("tells an accuracy with its interval, or none", () => {
  const whole = { "heldout.accuracy": 0.7, "heldout.accuracy.low": 0.6, "heldout.accuracy.high": 0.8 };
  expect(accuracyOf(whole)).toEqual({ value: 0.7, low: 0.6, high: 0.8 });
  expect(accuracyOf({ "heldout.accuracy": 0.7 })).toBeNull();
});
