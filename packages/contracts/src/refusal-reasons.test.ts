import { describe, expect, expectTypeOf, it } from "vitest";
import { DomainError } from "./problems.ts";
import { refused, refusedIssue } from "./refusal-reasons.ts";

type MadeOf<Arguments extends unknown[]> = new (...given: Arguments) => DomainError;

describe("a refusal", () => {
  it("carries its code, its English sentence, its values and the field at fault", () => {
    const error = refused("modelOfOtherKind", { name: "Practice model", kind: "reward", at: "policy" });
    expect(error).toMatchObject({
      code: "wrong_model",
      message: "“Practice model” is a model of another kind; a reward model is needed.",
      reason: "modelOfOtherKind",
      values: { name: "Practice model", kind: "reward" },
      path: "policy",
    });
  });

  it("can be one of several faults of a request", () => {
    expect(refusedIssue("spec.trainer", "settingOfOtherKind", { trainer: "dpo" })).toEqual({
      path: "spec.trainer",
      message: "This run is of kind “dpo”: leave the trainer out, or change the kind.",
      reason: "settingOfOtherKind",
      values: { trainer: "dpo" },
    });
  });

  it("needs a reason where its code stands for several things", () => {
    // Without a reason a page could only say that something does not fit.
    expectTypeOf<typeof DomainError>().not.toExtend<MadeOf<["conflict", string]>>();
    expectTypeOf<typeof DomainError>().toExtend<MadeOf<["conflict", string, { reason: string }]>>();
    expectTypeOf<typeof DomainError>().toExtend<MadeOf<["csrf_failed", string]>>();
    expect(new DomainError("csrf_failed", "The token is missing.").reason).toBeUndefined();
  });
});
