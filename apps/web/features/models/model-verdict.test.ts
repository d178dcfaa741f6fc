import { describe, expect, it } from "vitest";
import { verdictOf } from "./model-verdict.ts";

const accuracy = {
  "heldout.comparisons": 102,
  "heldout.accuracy": 0.77,
  "heldout.accuracy.low": 0.67,
  "heldout.accuracy.high": 0.85,
  "baseline.bigram.accuracy": 0.81,
  "heldout.lead.bigram": -0.039,
  "heldout.lead.bigram.low": -0.095,
  "heldout.lead.bigram.high": 0.017,
  "baseline.longer.accuracy": 0.6,
  "heldout.lead.longer": 0.17,
  "heldout.lead.longer.low": 0.05,
  "heldout.lead.longer.high": 0.29,
};

describe("what a model's figures amount to", () => {
  it("names the yardstick that the lead's interval does not clear", () => {
    expect(verdictOf(accuracy)).toEqual({
      kind: "agreement",
      estimate: { value: 0.77, low: 0.67, high: 0.85 },
      count: 102,
      notBeaten: ["bigram"],
      measured: true,
    });
  });

  it("holds the figure's own interval against a yardstick without a lead", () => {
    const rated = {
      "heldout.pairs": 40,
      "heldout.accuracy": 0.7,
      "heldout.accuracy.low": 0.6,
      "heldout.accuracy.high": 0.8,
    };
    expect(verdictOf({ ...rated, "baseline.longer.accuracy": 0.59 })).toMatchObject({ count: 40, notBeaten: [] });
    expect(verdictOf({ ...rated, "baseline.longer.accuracy": 0.61 })).toMatchObject({ notBeaten: ["longer"] });
  });

  it("says the error of a model that has only ratings", () => {
    const error = { "heldout.ratings": 50, "heldout.mse": 1.1, "heldout.mse.low": 0.9, "heldout.mse.high": 1.3 };
    expect(verdictOf({ ...error, "baseline.mean.mse": 1.2, "baseline.annotator.mse": 1.4 })).toMatchObject({
      kind: "error",
      notBeaten: ["mean"],
    });
  });

  it("says a policy's reward before and after, and nothing of a model without figures", () => {
    const reward = { "heldout.reward": 1.5, "reference.reward": 0.5, "heldout.kl": 3 };
    expect(verdictOf(reward)).toEqual({ kind: "reward", before: 0.5, after: 1.5, kl: 3 });
    expect(verdictOf({ labels: 3 })).toEqual({ kind: "none" });
  });
});
