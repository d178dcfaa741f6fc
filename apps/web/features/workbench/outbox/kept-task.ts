import { type Answer, type Answers, LeasedTask, type Question, standardQuestion } from "@touchstone/contracts";
import { z } from "zod";

/** A task as pages kept it before one could ask several questions. */
const EarlierTask = z.looseObject({
  questions: z.undefined().optional(),
  question: z.object({ id: z.string(), kind: z.enum(["preference", "rating"]), title: z.string() }),
  previous: z.record(z.string(), z.json()).nullable(),
});

/** A leased task out of the browser's database, also one that an earlier version of the pages has put there. */
export const KeptTask = z.preprocess((value) => {
  const earlier = EarlierTask.safeParse(value).data;
  if (!earlier) return value;
  const { question, previous, ...task } = earlier;
  const questions = [{ ...standardQuestion(question.kind), title: question.title }];
  return {
    ...task,
    questionnaireId: question.id,
    questions,
    previousAnswers: previous && answersFromEarlier(previous, { questions }),
  };
}, LeasedTask);

/** Answers by name, of the answer to a task's one question. */
export function answersFromEarlier(
  answer: Answer,
  { questions }: { readonly questions: readonly Question[] },
): Answers {
  return Object.fromEntries(questions.map(({ name }) => [name, answer]));
}
