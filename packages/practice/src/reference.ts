import { bindTask } from "./practice-world.ts";
import { practiceRandom } from "./random.ts";
import { mentions, readAnswer } from "./reading.ts";
import type { PracticeTask } from "./task.ts";

/**
 * The right answer as the world would put it. To a translation, a question or a classification there is only one; of a
 * story's many, this is one.
 */
export function referenceAnswer(task: PracticeTask): string {
  return bindTask(task).answer(practiceRandom("reference"));
}

/** Whether an answer to a classification names the right class and no other. @throws RangeError for other tasks */
export function namesRightClass(task: PracticeTask, answer: string): boolean {
  const { classes } = bindTask(task);
  if (!classes) throw new RangeError(`a ${task.use} has no classes`);
  const reading = readAnswer(answer, task.language);
  const named = classes.words.filter(({ en }) => mentions(reading, classes.slot, en));
  return named.length === 1 && named[0]?.en === classes.right;
}
