import { type CorrectionAnswer, longestWritten } from "@touchstone/contracts";
import { type JudgedTask, originOf, type ReadableCompletion, readable } from "../judged-task.ts";
import type { AnswerFault, Asked, QuestionRules } from "./question-rules.ts";
import { textFault } from "./written.ts";

/** Plainly better, and not by how much: nobody was asked that. */
const better = 2;

/**
 * An answer put right by hand. The edited text is better than the one it was made of, which is the one that was shown, and
 * it is a text to imitate; so is an answer of which somebody says that nothing in it needs correcting.
 */
export const correction: QuestionRules<"correction"> = {
  fault,
  forms(answer, { name, task }) {
    const corrected = canonical(answer, task);
    const original = readable(task)[corrected];
    if (original === undefined) throw new RangeError(`a correction is of one of the answers, and ${corrected} is none`);
    const { judgementId, annotator, promptId, prompt, split } = task;
    const good = { kind: "demonstration", judgementId, annotator, promptId, prompt, split } as const;
    if (answer.choice === "unchanged") return [{ ...good, text: original.text }];
    const { text } = answer;
    const edited: ReadableCompletion = { completionId: `${judgementId}/${name}`, text };
    const sides = { a: original, b: edited, first: "a", edited: "b" } as const;
    return [
      { kind: "comparison", ...originOf(task), ...sides, outcome: -better, bothBad: false },
      { ...good, text },
    ];
  },
  agreement: { scale: "nominal", measurements },
};

function fault(answer: CorrectionAnswer, { task }: Asked<"correction">): AnswerFault | null {
  const count = task.completions.length;
  if (answer.place >= count) {
    return { path: ["place"], message: `Name one of the ${count} answers by its place as shown, counted from 0.` };
  }
  if (answer.choice === "unchanged") return null;
  if (answer.text === textAt(answer, task)) {
    return {
      path: ["text"],
      message: "This is the answer as it stood: say “unchanged” where nothing needs correcting.",
    };
  }
  return textFault(answer.text, { minLength: 1, maxLength: longestWritten });
}

/** Whether each answer that was looked at needed correcting, by its canonical place; what others chose to look at is theirs. */
function measurements(answer: CorrectionAnswer, { task }: Asked<"correction">) {
  return [{ unit: String(canonical(answer, task)), value: answer.choice === "edited" ? 1 : 0 }];
}

const canonical = ({ place }: CorrectionAnswer, task: JudgedTask): number => task.shownOrder[place] ?? -1;

const textAt = (answer: CorrectionAnswer, task: JudgedTask): string | null =>
  task.completions[canonical(answer, task)]?.text ?? null;
