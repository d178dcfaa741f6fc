import { z } from "zod";
import type { QuestionKind } from "./questions/kinds.ts";
import type { Question } from "./questions/question.ts";
import { standardNames } from "./questions/standard.ts";
import { SamplingOptions } from "./training/sampling.ts";

/**
 * Fresh answers from a policy, and the tasks that ask people about them. `candidates`: several answers of one policy
 * to training prompts, for the next labels. `evaluation`: one answer each of two policies to the evaluation's
 * prompts, which come from the test split and are never trained on.
 */
export const GenerateSpec = z.strictObject({
  trainer: z.literal("generate"),
  purpose: z.enum(["candidates", "evaluation"]).default("candidates"),
  prompts: z.number().int().min(1).max(100_000).default(60),
  samplesPerPrompt: z.number().int().min(1).max(16).default(2),
  question: z.enum(standardNames).default("preference"),
  sampling: SamplingOptions.prefault({}),
  selfNamed: z
    .enum(["hold", "ask"])
    .optional()
    .describe(
      "Of candidates, answers in which a model says what it is (“As ChatGPT, …”). `hold`, as by default, asks nobody about them; `ask` does. Marked they are either way; an evaluation asks about all.",
    ),
});
export type GenerateSpec = z.infer<typeof GenerateSpec>;

/** Simulated annotators with a hidden utility, noise, position bias and carelessness; theirs is marked everywhere. */
export const SimulateSpec = z.strictObject({
  trainer: z.literal("simulate"),
  annotators: z.number().int().min(1).max(50).default(6),
  judgements: z.number().int().min(1).max(100_000).default(500),
});
export type SimulateSpec = z.infer<typeof SimulateSpec>;

/** The kinds of question that simulated annotators have a rule for. */
const simulatedKinds = ["preference", "rating"] as const satisfies readonly QuestionKind[];
type SimulatedKind = (typeof simulatedKinds)[number];

export const isSimulatedKind = (kind: QuestionKind): kind is SimulatedKind =>
  simulatedKinds.some((known) => known === kind);

/**
 * Whether a task that asks these is certain to need somebody who is not simulated: it must have an answer of another kind, or
 * begins with none that they could answer. A follow-up may never be asked.
 */
export function isLeftToPeople(questions: readonly Question[]): boolean {
  const always = questions.filter(({ when }) => when === null);
  return (
    always.some(({ kind, required }) => required && !isSimulatedKind(kind)) ||
    !always.some(({ kind }) => isSimulatedKind(kind))
  );
}
