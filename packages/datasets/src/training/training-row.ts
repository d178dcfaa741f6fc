import { createHash } from "node:crypto";
import type { Message, NormalForm, Split, StepLabels } from "@touchstone/contracts";

/** A text to pretrain on. */
export interface TextRow {
  readonly kind: "text";
  readonly text: string;
  /** Where the row names one. */
  readonly split?: Split;
}

/** A prompt that waits for answers. */
export interface PromptRow {
  readonly kind: "prompt";
  readonly promptId: string;
  readonly prompt: readonly Message[];
  readonly split: Split;
}

/** An answer that was wanted or not, without one to compare it with: the format of KTO. */
export interface JudgedRow {
  readonly kind: "judged";
  readonly promptId: string;
  readonly prompt: readonly Message[];
  readonly split: Split;
  readonly text: string;
  readonly wanted: boolean;
}

/** An answer with a number that says how good it was, on a scale of its own: what offline reinforcement learning reads. */
export interface RewardedRow {
  readonly kind: "rewarded";
  readonly promptId: string;
  readonly prompt: readonly Message[];
  readonly split: Split;
  readonly text: string;
  readonly reward: number;
}

/** What a row of a training file comes down to. */
export type TrainingRow = Exclude<NormalForm, StepLabels> | TextRow | PromptRow | JudgedRow | RewardedRow;

/** The same texts have the same name in every file: prompts are told apart, and answers found again, by content. */
export function contentId(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 32);
}
