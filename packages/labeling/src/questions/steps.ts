import { type StepLabels, type StepsAnswer, type StepVerdict, stepsOf, stepVerdicts } from "@touchstone/contracts";
import { originOf, readable } from "../judged-task.ts";
import type { AnswerFault, Asked, Measurement, QuestionRules } from "./question-rules.ts";

/**
 * Labels of an answer's steps, for reward models of processes. A neutral step, which is neither wrong nor of help, counts as
 * right there, as Lightman et al. 2023 take it (appendix F.2); the export keeps what was said beside that. Up to the first
 * error all steps but it are right, and those after it are no part of the label.
 */
export const steps: QuestionRules<"steps"> = {
  fault,
  forms(answer, asked) {
    const [completion] = readable(asked.task);
    if (completion === undefined) throw new RangeError("steps are of an answer, and there is none");
    const labelled = verdictsOf(answer, stepsIn(asked));
    // A picture or a sound has no steps to read.
    if (labelled.length === 0) return [];
    const form: StepLabels = { kind: "step-labels", ...originOf(asked.task), completion, steps: labelled };
    return [form];
  },
  agreement: { scale: "ordinal", measurements },
};

function stepsIn({ settings, task }: Asked<"steps">): string[] {
  return stepsOf(task.completions[0]?.text ?? "", settings.cut);
}

function fault(answer: StepsAnswer, asked: Asked<"steps">): AnswerFault | null {
  const count = stepsIn(asked).length;
  if (asked.settings.firstError === (answer.choice === "labelled")) {
    const message = asked.settings.firstError
      ? "This question asks for the first wrong step, or that there is none."
      : "This question asks for a label of each step.";
    return { path: ["choice"], message };
  }
  if (answer.choice === "labelled" && answer.labels.length !== count) {
    return { path: ["labels"], message: `Give ${count} labels, one for each step of the answer in their order.` };
  }
  if (answer.choice === "first-error" && answer.step >= count) {
    return { path: ["step"], message: `The answer has the steps 0 to ${count - 1}.` };
  }
  return null;
}

/** Each step of which something is known, with what was said of it. */
function verdictsOf(answer: StepsAnswer, texts: readonly string[]): { text: string; verdict: StepVerdict }[] {
  switch (answer.choice) {
    case "labelled":
      return texts.map((text, index) => ({ text, verdict: answer.labels[index] ?? "neutral" }));
    case "first-error":
      return texts
        .slice(0, answer.step + 1)
        .map((text, index) => ({ text, verdict: index === answer.step ? "bad" : "good" }));
    case "no-error":
      return texts.map((text) => ({ text, verdict: "good" }));
  }
}

/** The value is the place on the scale from bad, 0, to good, 2. */
function measurements(answer: StepsAnswer, asked: Asked<"steps">): Measurement[] {
  const best = stepVerdicts.length - 1;
  return verdictsOf(answer, stepsIn(asked)).map(({ verdict }, step) => ({
    unit: `step ${step}`,
    value: best - stepVerdicts.indexOf(verdict),
  }));
}
