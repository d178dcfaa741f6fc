import { Answer, Answers, type Questions } from "@touchstone/contracts";

/**
 * Answers by the name of their question, as SQL's `answers_of` gives them: the answer to a single question is stored by
 * itself, as every judgement was before a task could ask several.
 */
export function answersOf(stored: unknown, questions: Questions): Answers {
  const [question] = questions;
  return questions.length === 1 && question ? { [question.name]: Answer.parse(stored) } : Answers.parse(stored);
}

/** What is stored of answers: the inverse of `answersOf`. */
export function storedAnswer(answers: Answers, questions: Questions): Answer | Answers {
  const [question] = questions;
  return questions.length === 1 && question ? (answers[question.name] ?? {}) : answers;
}
