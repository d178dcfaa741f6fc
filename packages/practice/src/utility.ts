import { formScore, scriptShare } from "./form.ts";
import { bindTask } from "./practice-world.ts";
import { readAnswer } from "./reading.ts";
import type { PracticeTask } from "./task.ts";

/** How an answer's score came about, each part in [0, 1]. */
export interface UtilityParts {
  readonly utility: number;
  /** Says what was asked for. */
  readonly content: number;
  /** Is well made: grammar, end, length, no repetition. */
  readonly form: number;
  /** Is in the language that was asked for. */
  readonly language: number;
}

/** What each sentence that nobody asked for leaves of the content: an answer that also says something else is in doubt. */
const rambling = 0.8;

/**
 * The practice world's truth about an answer, by rule. Being right counts most, being well made lifts it, and a
 * well-made answer to another question is still better than noise: language × (0.85 · content² · (½ + ½ form) + 0.15 · form).
 * The square makes one wrong word of four cost nearly half, as it does with people.
 */
export function utilityParts(task: PracticeTask, answer: string): UtilityParts {
  const bound = bindTask(task);
  const reading = readAnswer(answer, task.language);
  const excess = Math.max(0, reading.sentences.length - bound.sentences);
  const content = bound.content(reading) * rambling ** excess;
  const form = formScore(reading, bound.sentences);
  const share = scriptShare(answer, task.language);
  const language = share > 0.95 ? 1 : share ** 2;
  return { utility: language * (0.85 * content ** 2 * (0.5 + 0.5 * form) + 0.15 * form), content, form, language };
}

/** The score alone, in [0, 1]; 1 is a right and faultless answer. */
export function utility(task: PracticeTask, answer: string): number {
  return utilityParts(task, answer).utility;
}
