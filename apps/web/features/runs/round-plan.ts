import { loopPresets, type Preset, quickPreset } from "@touchstone/contracts";
import { type Lesson, lessonsOf } from "./run-lessons.ts";
import type { PlannedRun } from "./run-time.tsx";

/** What the reward model of a round learns from, and then its policy. */
export function roundLessons(preset: Preset): Lesson[] {
  const { reward, policy } = loopPresets[preset];
  return [...lessonsOf(reward.trainer, reward), ...lessonsOf(policy.trainer, policy)];
}

/** The runs of a round until people can judge its answers. */
export function roundRuns(preset: Preset, quick: boolean): PlannedRun[] {
  const { reward, policy } = quick ? quickPreset(loopPresets[preset]) : loopPresets[preset];
  return [
    { kind: reward.trainer, settings: reward },
    { kind: policy.trainer, settings: policy },
    { kind: "generate", settings: { purpose: "evaluation" } },
  ];
}
