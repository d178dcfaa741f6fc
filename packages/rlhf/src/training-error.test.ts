import { expect, test } from "vitest";
import { errorOf, failureOf } from "./parallel/replica-messages.ts";
import { reasoned, reasonedBy } from "./training-error.ts";

test("an error by its reason has the code, the English sentence and what other languages make theirs of", () => {
  const values = { file: "model.safetensors", tensor: "lm_head.weight", shape: "8,8" };
  const error = reasoned("tensorShape", values);
  expect(error).toMatchObject({ code: "bad_model_files", reason: "tensorShape", values });
  expect(error.message).toBe("model.safetensors can't be used: lm_head.weight is not of shape [8,8].");
  expect(reasoned("policyMissing", { kind: "policyToTune" }).message).toBe("This run needs a policy to fine-tune.");
  expect(reasonedBy(new Error("why"), "checkpointDamaged")).toMatchObject({
    code: "bad_checkpoint",
    cause: new Error("why"),
  });
});

test("the reason survives the way between threads", () => {
  const told = structuredClone(failureOf(reasoned("figureUnknown", { metric: "accuracy", known: "heldout.loss" })));
  expect(errorOf(told)).toMatchObject({
    code: "wrong_settings",
    reason: "figureUnknown",
    values: { metric: "accuracy", known: "heldout.loss" },
  });
});
