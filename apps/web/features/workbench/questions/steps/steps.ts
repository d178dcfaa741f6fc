import type { Answer, StepVerdict } from "@touchstone/contracts";
import type { AnswerWords, SheetParts } from "../question-parts.ts";
import { answerOf, asksFirstError, labelsOf, textsOf } from "./step-labels.ts";
import { StepsBody } from "./steps-body.tsx";
import { StepsControl } from "./steps-control.tsx";

export const steps: SheetParts = {
  form: "parts",
  place: "page",
  Control: StepsControl,
  Body: StepsBody,
  complete: (draft, question, { completions: [completion] }) => {
    const count = textsOf(question, completion?.text ?? null).length;
    return answerOf(labelsOf(draft, count), asksFirstError(question));
  },
  isBegun: () => true,
  inWords,
};

function inWords(words: AnswerWords, answer: Answer): string {
  if (answer.choice === "no-error") return words("steps.noErrorSaid");
  if (answer.choice === "first-error") return words("steps.errorSaid", { step: Number(answer.step) + 1 });
  const labels: unknown[] = Array.isArray(answer.labels) ? answer.labels : [];
  const countOf = (verdict: StepVerdict) => labels.filter((label) => label === verdict).length;
  const wrong = labels.flatMap((label, step) => (label === "bad" ? [step + 1] : []));
  return words("steps.said", {
    good: countOf("good"),
    neutral: countOf("neutral"),
    bad: wrong.length,
    which: wrong.join(", "),
  });
}
