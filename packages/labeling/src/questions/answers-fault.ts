import { type Answers, contractOf, isAsked, type Questions, titleOf } from "@touchstone/contracts";
import type { z } from "zod";
import type { JudgedTask } from "../judged-task.ts";
import { answerFault } from "./kinds.ts";
import type { AnswerFault } from "./question-rules.ts";

/** A fault that its schema found, or one that only the task tells. `question` is the name of the one it is about. */
export type AnswersFault =
  | { readonly question: string; readonly error: z.ZodError }
  | ({ readonly question: string } & AnswerFault);

/**
 * The first thing that is wrong with the answers to a task's questions; null where they can be kept as a judgement. Told
 * are: an answer to no question, or to one that was not asked; a required one that is missing; one that is not of its
 * question's form; one that does not fit the task; no answer at all, though all may be left out.
 */
export function answersFault(questions: Questions, answers: Answers, task: JudgedTask): AnswersFault | null {
  const names = questions.map(({ name }) => name);
  for (const name of Object.keys(answers)) {
    if (!names.includes(name)) {
      return { question: name, path: [], message: `This task asks no such question; it asks ${names.join(", ")}.` };
    }
  }
  for (const question of questions) {
    const answer = answers[question.name];
    const asked = isAsked(question, answers);
    if (answer === undefined) {
      if (asked && question.required) {
        return { question: question.name, path: [], message: `This question wants an answer: ${titleOf(question)}` };
      }
      continue;
    }
    if (!asked) {
      return { question: question.name, path: [], message: "This follow-up is not asked with these answers." };
    }
    const parsed = contractOf(question.kind).answer.safeParse(answer, { reportInput: true });
    if (!parsed.success) return { question: question.name, error: parsed.error };
    const fault = answerFault(question, answer, task);
    if (fault) return { question: question.name, ...fault };
  }
  const [first] = questions;
  if (first === undefined || Object.keys(answers).length > 0) return null;
  return { question: first.name, path: [], message: "Answer one question at least, or skip the task." };
}
