import {
  type Answer,
  type Answers,
  isAsked,
  isLeftToPeople,
  isSimulatedKind,
  type LeasedTask,
  type Question,
  questionKinds,
} from "@touchstone/contracts";
import { type Database, hiddenAnswers } from "@touchstone/persistence";
import { type JudgedAnswer, judgePair, onScale, rate, type SimulatedAnnotator } from "@touchstone/practice";
import { hiddenUtility } from "./hidden-utility.ts";
import { RunFailure } from "./thread.ts";

/** The answers to what a task asks; null where one that it must have is of a kind that simulated annotators have no rule for. */
export async function simulatedAnswers(
  db: Database,
  annotator: SimulatedAnnotator,
  task: LeasedTask,
): Promise<Answers | null> {
  // Before anything is looked up: of what is left to people, the quality may not be known either.
  if (isLeftToPeople(task.questions)) return null;
  const judged = await judgedAnswers(db, task);
  const answers: Answers = {};
  for (const question of task.questions) {
    if (!isAsked(question, answers)) continue;
    const answer = answerTo(question, annotator, judged);
    if (answer !== null) answers[question.name] = answer;
    else if (question.required) return null;
  }
  return answers;
}

async function judgedAnswers(db: Database, { completions }: LeasedTask): Promise<JudgedAnswer[]> {
  const ids = completions.map(({ id }) => id);
  const hidden = await hiddenAnswers(db, ids);
  return ids.flatMap((id) => {
    const answer = hidden.get(id);
    return answer ? [{ id, utility: hiddenUtility(answer) }] : [];
  });
}

function answerTo({ kind, settings }: Question, annotator: SimulatedAnnotator, judged: JudgedAnswer[]): Answer | null {
  if (!isSimulatedKind(kind)) return null;
  const [left, right] = judged;
  if (!left) throw new RunFailure("internal", "A task without answers cannot be judged.");
  switch (kind) {
    case "rating":
      return rate(annotator, left);
    case "preference": {
      if (!right) throw new RunFailure("internal", "A task with one answer cannot be compared.");
      const better = left.utility >= right.utility ? "left" : "right";
      return onScale(judgePair(annotator, left, right), questionKinds.preference.settings.parse(settings), better);
    }
  }
}
