import { describe, expect, it } from "vitest";
import { roundLessons, roundRuns } from "./round-plan.ts";
import { lessonsOf } from "./run-lessons.ts";
import { defaultSpec, launchKinds, readSpec } from "./spec-form.ts";

const nounsOf = (kind: string, settings: unknown = {}) => lessonsOf(kind, settings).map(({ noun }) => noun);

describe("what a run learns from", () => {
  it("is told by its kind, and of a reward model by its objective", () => {
    expect(Object.fromEntries(launchKinds.map((kind) => [kind, nounsOf(kind)]))).toEqual({
      reward: ["comparisons"],
      dpo: ["comparisons"],
      sft: ["demonstrations"],
      ilql: ["answers"],
      rloo: ["prompts"],
      grpo: ["prompts"],
      ppo: ["prompts"],
      generate: [],
      pretrain: [],
    });
    expect(nounsOf("reward", { objective: { kind: "squared-error" } })).toEqual(["ratings"]);
    expect(nounsOf("reward", { objective: { kind: "combined" } })).toEqual(["comparisons", "ratings"]);
  });

  it("brings the minimum that is set", () => {
    expect(lessonsOf("reward", { minimumLabels: 7 })).toEqual([{ noun: "comparisons", minimum: 7 }]);
    expect(lessonsOf("rloo", {})).toEqual([{ noun: "prompts", minimum: 1 }]);
  });

  it("is not guessed from settings that are none", () => {
    expect(nounsOf("reward", "no settings")).toEqual([]);
    expect(nounsOf("reward", { objective: { kind: "guesswork" } })).toEqual([]);
    expect(nounsOf("reward", readSpec(defaultSpec("reward")))).toEqual(["comparisons"]);
  });

  it("is, in a round, what its reward model and then its policy learn from", () => {
    expect(roundLessons("preference").map(({ noun }) => noun)).toEqual(["comparisons", "prompts"]);
    expect(roundLessons("article").map(({ noun }) => noun)).toEqual(["ratings", "answers"]);
    expect(roundRuns("preference", false).map(({ kind }) => kind)).toEqual(["reward", "rloo", "generate"]);
    expect(roundRuns("preference", true)[1]?.settings).toMatchObject({ steps: 15 });
  });
});
