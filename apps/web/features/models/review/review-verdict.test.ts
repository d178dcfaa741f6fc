import type { EvaluationView, ModelVersionView } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { reviewVerdict } from "./review-verdict.ts";
import { sameHeldOut } from "./same-held-out.ts";

const model = (id: string, kind: "policy" | "reward", more: Partial<ModelVersionView> = {}): ModelVersionView => ({
  id,
  kind,
  number: 1,
  name: id,
  practice: false,
  trainer: kind === "reward" ? "reward" : "rloo",
  givenName: null,
  projectId: "p",
  parentId: null,
  rewardId: null,
  runId: null,
  labelSetId: "s",
  parameters: 1,
  bytes: 1,
  tokenizerSha256: "t",
  sha256: id,
  metrics: {},
  deletedOrigin: null,
  erased: null,
  stage: "candidate",
  usedIn: [],
  createdAt: "2026-12-01T00:00:00.000Z",
  ...more,
});
const accuracy = (value: number, low: number, high: number, pairs = 100, more = {}) => ({
  metrics: {
    "heldout.accuracy": value,
    "heldout.accuracy.low": low,
    "heldout.accuracy.high": high,
    "heldout.comparisons": pairs,
    ...more,
  },
});
const evaluation = (candidateId: string, winRate: EvaluationView["winRate"], verdict: EvaluationView["verdict"]) =>
  ({ candidateId, winRate, verdict }) as EvaluationView;

describe("what is said of a model beside the one in use", () => {
  it("turns a comparison round where the model was its baseline", () => {
    const [one, other] = [model("one", "policy"), model("other", "policy")];
    const won = evaluation("one", { value: 0.625, low: 0.5625, high: 0.75 }, "better");
    expect(reviewVerdict({ model: one, against: other, comparison: won })).toMatchObject({
      kind: "compared",
      verdict: "better",
      rate: { value: 0.625, low: 0.5625, high: 0.75 },
    });
    expect(reviewVerdict({ model: other, against: one, comparison: won })).toMatchObject({
      kind: "compared",
      verdict: "worse",
      rate: { value: 0.375, low: 0.25, high: 0.4375 },
    });
    expect(reviewVerdict({ model: one, against: other, comparison: null }).kind).toBe("uncompared");
    const early = evaluation("one", null, "not yet known");
    expect(reviewVerdict({ model: one, against: other, comparison: early }).kind).toBe("waiting");
    expect(reviewVerdict({ model: one, against: null, comparison: null }).kind).toBe("alone");
  });

  it("calls a reward model better only where the intervals lie apart, on the same rows", () => {
    const other = model("other", "reward", accuracy(0.7, 0.65, 0.75));
    const outcome = (more: Partial<ModelVersionView>) =>
      reviewVerdict({ model: model("one", "reward", more), against: other, comparison: null });
    expect(outcome(accuracy(0.8, 0.76, 0.84))).toMatchObject({ kind: "measured", outcome: "better" });
    expect(outcome(accuracy(0.6, 0.55, 0.64))).toMatchObject({ outcome: "worse" });
    expect(outcome(accuracy(0.78, 0.74, 0.82))).toMatchObject({ outcome: "undecided" });
    expect(outcome({ ...accuracy(0.8, 0.76, 0.84), labelSetId: "another" })).toMatchObject({ outcome: "otherRows" });
    expect(outcome({}).kind).toBe("unmeasured");
    const error = (value: number) => ({
      metrics: {
        "heldout.mse": value,
        "heldout.mse.low": value - 0.01,
        "heldout.mse.high": value + 0.01,
        "heldout.ratings": 9,
      },
    });
    const lower = reviewVerdict({
      model: model("one", "reward", error(0.2)),
      against: model("other", "reward", error(0.3)),
      comparison: null,
    });
    expect(lower).toMatchObject({ kind: "measured", outcome: "better" });
  });

  it("takes rows for the same only where nothing can have been dropped differently", () => {
    const of = (pairs: number, tooLong: number, tokenizerSha256: string | null = "t") =>
      model("m", "reward", { ...accuracy(0.7, 0.6, 0.8, pairs, { labelsTooLong: tooLong }), tokenizerSha256 });
    expect(sameHeldOut(of(100, 0), of(100, 0, "another"))).toBe(true);
    expect(sameHeldOut(of(100, 3), of(100, 3))).toBe(true);
    expect(sameHeldOut(of(100, 3), of(100, 3, "another"))).toBe(false);
    expect(sameHeldOut(of(100, 3), of(98, 3))).toBe(false);
    expect(sameHeldOut(of(100, 3), of(100, 5))).toBe(false);
    expect(sameHeldOut(model("m", "reward"), model("m", "reward"))).toBe(false);
  });
});
