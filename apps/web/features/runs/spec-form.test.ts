import { RunDraft, TrainingSpec } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { defaultSpec, launchKinds, learnsFromJudgements, readSpec } from "./spec-form.ts";

describe("the settings of a run", () => {
  it.each(launchKinds)("offers every default of %s, and they are accepted as they stand", (kind) => {
    const spec = readSpec(defaultSpec(kind));
    expect(RunDraft.safeParse({ kind, spec }).success).toBe(true);
    if (kind !== "generate")
      expect(TrainingSpec.parse({ trainer: kind, ...Object(spec) })).toEqual(TrainingSpec.parse({ trainer: kind }));
  });

  it("asks for simulated judgements only where a run reads judgements", () => {
    expect(launchKinds.filter((kind) => !learnsFromJudgements(kind))).toEqual(["rloo", "ppo", "grpo", "generate"]);
  });

  it("lets broken JSON be refused by the schema, on the field", () => {
    const parsed = RunDraft.safeParse({ kind: "reward", spec: readSpec("{") });
    expect(parsed.error?.issues[0]?.path).toEqual(["spec"]);
  });
});
