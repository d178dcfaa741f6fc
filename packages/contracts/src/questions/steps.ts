import { z } from "zod";
import { trajectoryIn, trajectorySteps } from "../trajectory.ts";
import type { QuestionContract } from "./question-contract.ts";

/** What can be said of a step, the best first. */
export const stepVerdicts = ["good", "neutral", "bad"] as const;
export type StepVerdict = (typeof stepVerdicts)[number];

/** Where an answer is cut into steps: at blank lines, or at the end of every line. */
export const StepCut = z.enum(["paragraphs", "lines"]);
export type StepCut = z.infer<typeof StepCut>;

/** Nobody labels more. */
const mostSteps = 1_000;
const Step = z
  .number()
  .int()
  .min(0)
  .max(mostSteps - 1);

const StepsSettings = z.strictObject({
  cut: StepCut.default("paragraphs"),
  /** Whether only the first wrong step is looked for: those before it are right, and of those after it nothing is said. */
  firstError: z.boolean().default(false),
});

/** A label for each step in their order, or which step is the first wrong one, counted from 0. */
export const StepsAnswer = z.discriminatedUnion("choice", [
  z.strictObject({ choice: z.literal("labelled"), labels: z.array(z.enum(stepVerdicts)).min(1).max(mostSteps) }),
  z.strictObject({ choice: z.literal("first-error"), step: Step }),
  z.strictObject({ choice: z.literal("no-error") }),
]);
export type StepsAnswer = z.infer<typeof StepsAnswer>;

/** Whether each step of one answer is right (process supervision: Lightman et al. 2023). */
export const steps = {
  title: "Is each step right?",
  settings: StepsSettings,
  answer: StepsAnswer,
  completions: { least: 1, most: 1 },
} as const satisfies QuestionContract;

/** Begins and ends a block of code in Markdown: three of one sign or more. */
const fence = /^ {0,3}(`{3,}|~{3,})/u;

/**
 * The steps of an answer in their order: its paragraphs or its lines, each without the blanks around it, and none that is
 * blank. A block of code between fences is of one piece. The page that asks, the check of what was answered and the exports
 * all cut by this one function, so a label is of the same words in each. A trajectory of an agent has steps of its own,
 * and is not cut.
 */
export function stepsOf(text: string, cut: StepCut): string[] {
  const trajectory = trajectoryIn(text);
  if (trajectory) return trajectorySteps(trajectory);
  const steps: string[][] = [[]];
  let opened: string | null = null;
  for (const line of text.split(/\r\n|[\n\r\u2028\u2029]/u)) {
    const mark = fence.exec(line)?.[1] ?? null;
    const cutsHere = opened === null && (cut === "lines" || line.trim() === "");
    if (cutsHere) steps.push([]);
    steps.at(-1)?.push(line);
    if (opened === null) opened = mark;
    else if (mark?.startsWith(opened)) opened = null;
  }
  return steps.map((lines) => lines.join("\n").trim()).filter((step) => step !== "");
}
