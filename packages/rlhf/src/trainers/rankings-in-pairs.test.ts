import type { TrainingSpecInput } from "@touchstone/contracts";
import { comparisonsOf } from "@touchstone/labeling";
import { expect, test } from "vitest";
import { comparisons, demonstrations, rankings, train } from "./tiny-world.fixture.ts";

const policy = (await train({ trainer: "sft", epochs: 1 }, { demonstrations })).files;
const few = comparisons.slice(0, 12);
const direct = { trainer: "dpo" as const, epochs: 0.2, minimumLabels: 8, maxNewTokens: 4, evaluationPrompts: 2 };

test.each<[string, TrainingSpecInput]>([
  ["dpo", direct],
  ["ipo", { ...direct, objective: { kind: "ipo" } }],
  ["kto", { ...direct, objective: { kind: "kto" } }],
])("%s learns from rankings what it learns from their pairs, beside comparisons and alone", async (_, spec) => {
  for (const beside of [few, []]) {
    const whole = await train(spec, { comparisons: beside, rankings }, { policy });
    const inPairs = await train(spec, { comparisons: comparisonsOf(beside, rankings) }, { policy });
    expect(whole.metrics.labels).toBeGreaterThan(beside.length);
    expect(whole.files.get("model.safetensors")).toEqual(inPairs.files.get("model.safetensors"));
  }
});
