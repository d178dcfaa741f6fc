import { describe, expect, it } from "vitest";
import { DomainError } from "./problems.ts";
import { refused, refusedIssue } from "./refusal-reasons.ts";

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
    // @ts-expect-error: without a reason a page could only say that something does not fit.
    expect(new DomainError("conflict", "This is the last admin.")).toBeInstanceOf(DomainError);
    expect(new DomainError("csrf_failed", "The token is missing.").reason).toBeUndefined();
  });
});
