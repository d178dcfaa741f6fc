import {
  type Answers,
  DomainError,
  type JudgementSubmission,
  type Questions,
  validationRefusal,
} from "@touchstone/contracts";
import { type AnswersFault, answersFault } from "@touchstone/labeling";
import type { Database } from "../client.ts";
import type { Annotator } from "./annotator.ts";
import { askedOf } from "./asked.ts";
import { askedMemoryOf } from "./asked-memory.ts";

/** Answers with the questionnaire that they were found to fit. */
export interface FittingAnswers {
  readonly questionnaireId: string;
  readonly questions: Questions;
  readonly answers: Answers;
}

/**
 * The answers of a submission by the names of their questions, found to fit what its lease asks.
 *
 * @throws DomainError not_found (no such lease, or not yours), invalid_request or invalid_value with the path of the field
 * and what is allowed there.
 */
export async function fittingAnswers(db: Database, who: Annotator, submission: GivenAnswers): Promise<FittingAnswers> {
  const { leaseId } = submission;
  const asked = askedMemoryOf(db).get(who, leaseId) ?? (await askedOf(db, who, leaseId));
  const { questionnaireId, questions, task } = asked;
  const { answers, pathTo } = named(submission, questions);
  const fault = answersFault(questions, answers, task);
  if (fault) throw refusalOf(fault, pathTo(fault.question));
  return { questionnaireId, questions, answers };
}

/** Of a judgement, or of a correction of one. */
type GivenAnswers = Pick<JudgementSubmission, "leaseId" | "answer" | "answers">;

interface NamedAnswers {
  readonly answers: Answers;
  /** Where in the body the answer to a question stands. */
  readonly pathTo: (question: string) => string;
}

/** `answer` stands for the one question of a task that asks one. */
function named({ answer, answers }: GivenAnswers, questions: Questions): NamedAnswers {
  if (answers !== undefined && answer === undefined) return { answers, pathTo: (name) => `answers.${name}` };
  const [question, ...more] = questions;
  if (answer === undefined || answers !== undefined || question === undefined || more.length > 0) {
    const names = questions.map(({ name }) => name).join(", ");
    throw new DomainError("invalid_request", `answers: give one answer to each of ${names}, by name.`, {
      path: "answers",
    });
  }
  return { answers: { [question.name]: answer }, pathTo: () => "answer" };
}

function refusalOf(fault: AnswersFault, at: string): DomainError {
  if ("error" in fault) return validationRefusal(fault.error, at);
  const path = [at, ...fault.path].join(".");
  return new DomainError("invalid_value", `${path}: ${fault.message}`, { path });
}
