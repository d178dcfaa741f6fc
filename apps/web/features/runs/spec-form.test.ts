import { RunDraft, TrainingSpec } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { lessonsOf } from "./run-lessons.ts";
import {
  defaultSpec,
  launchKinds,
  learnsFromJudgements,
  modelsNamed,
  readSpec,
  recipeOf,
  recipeSpec,
} from "./spec-form.ts";

describe("the settings of a run", () => {
  it.each(launchKinds)("offers every default of %s, and they are accepted as they stand", (kind) => {
    const spec = readSpec(defaultSpec(kind));
    expect(RunDraft.safeParse({ kind, spec }).success).toBe(true);
    if (kind !== "generate")
      expect(TrainingSpec.parse({ trainer: kind, ...Object(spec) })).toEqual(TrainingSpec.parse({ trainer: kind }));
  });

  it("offers frozen features with the settings that they read alone, and tells by the settings which recipe it is", () => {
    const settings = readSpec(recipeSpec("frozen"));
    expect(Object.keys(Object(settings))).toEqual(["frozen", "minimumLabels"]);
    expect(RunDraft.safeParse({ kind: "reward", spec: settings }).success).toBe(true);
    expect(TrainingSpec.parse({ trainer: "reward", ...Object(settings) })).toMatchObject({ frozen: { context: 512 } });
    expect(
      ["frozen", "network"].map((one) => recipeOf(readSpec(recipeSpec(one === "frozen" ? one : "network")))),
    ).toEqual(["frozen", "network"]);
    expect([recipeOf("{"), recipeOf({ frozen: null })]).toEqual(["network", "network"]);
    expect(lessonsOf("reward", settings)).toEqual([]); // nothing has to fit: what is too long is read to there
  });

  it("names the models that its kind starts from, as far as they are chosen", () => {
    const chosen = { policy: "p", reward: "r" };
    expect(modelsNamed("rloo", chosen)).toEqual({ policy: { modelVersionId: "p" }, reward: { modelVersionId: "r" } });
    expect(modelsNamed("reward", chosen)).toEqual({ policy: { modelVersionId: "p" } });
    expect(modelsNamed("pretrain", chosen)).toEqual({});
    expect(modelsNamed("rloo", { policy: undefined, reward: undefined })).toEqual({});
  });

  it("asks for simulated judgements only where a run reads judgements", () => {
    expect(launchKinds.filter((kind) => !learnsFromJudgements(kind))).toEqual(["rloo", "ppo", "grpo", "generate"]);
  });

  it("lets broken JSON be refused by the schema, on the field", () => {
    const parsed = RunDraft.safeParse({ kind: "reward", spec: readSpec("{") });
    expect(parsed.error?.issues[0]?.path).toEqual(["spec"]);
  });
});
