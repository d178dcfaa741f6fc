import { createHash } from "node:crypto";
import {
  DomainError,
  type JudgementReceipt,
  type JudgementSubmission,
  LeasedTask,
  ProjectTally,
  refused,
} from "@touchstone/contracts";
import { z } from "zod";
import type { Database, Transaction } from "../client.ts";
import { storedAnswer } from "../judgements/stored-answers.ts";
import { again } from "./again.ts";
import type { Annotator } from "./annotator.ts";
import { claimOneMore } from "./claim.ts";
import { type FittingAnswers, fittingAnswers } from "./fitting-answers.ts";

const kept = {
  judgement_id: z.uuid(),
  surplus: z.boolean(),
  next: LeasedTask.nullable(),
  today: z.number(),
  here: ProjectTally,
  project_id: z.uuid(),
};
const SubmitRow = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("created"), ...kept }),
  z.object({ outcome: z.literal("repeated"), ...kept }),
  z.object({ outcome: z.enum(["not_found", "idempotency_conflict", "wrong_question", "answered"]) }),
]);

/**
 * Keeps one judgement and claims the next task, in one transaction; when this resolves, both are committed.
 * Idempotent by (member, idempotency key): the same body again gets the same receipt with `created: false`.
 * After the lease has ended the judgement still counts while a slot is free, and is kept as surplus else.
 *
 * @param alongside what is to be committed with it, or not at all
 * @throws DomainError not_found (no such lease, or not yours), idempotency_conflict, invalid_request or invalid_value (the
 * answers do not fit the questions), conflict (you have answered this task, or it asks another questionnaire).
 */
export async function submitJudgement(
  db: Database,
  who: Annotator,
  submission: JudgementSubmission,
  alongside?: (tx: Transaction) => Promise<void>,
): Promise<JudgementReceipt> {
  const fitting = await fittingAnswers(db, who, submission);
  const row = await again(() =>
    alongside ? submitWith(db, who, submission, fitting, alongside) : callSubmit(db, who, submission, fitting),
  );
  switch (row.outcome) {
    case "created":
    case "repeated":
      return {
        judgementId: row.judgement_id,
        surplus: row.surplus,
        created: row.outcome === "created",
        next: row.next ?? (await claimOneMore(db, who.memberId, row.project_id)),
        today: row.today,
        here: row.here,
      };
    case "not_found":
      throw new DomainError("not_found", "There is no such lease, or it is not yours.", { path: "leaseId" });
    case "idempotency_conflict":
      throw new DomainError("idempotency_conflict", "This idempotency key was used with another body.", {
        path: "idempotencyKey",
      });
    case "wrong_question":
      throw refused("questionsChanged", { at: "leaseId" });
    case "answered":
      throw refused("taskAnswered", { at: "leaseId" });
  }
}

function submitWith(
  db: Database,
  who: Annotator,
  submission: JudgementSubmission,
  fitting: FittingAnswers,
  alongside: (tx: Transaction) => Promise<void>,
) {
  return db.$transaction(async (tx) => {
    const row = await callSubmit(tx, who, submission, fitting);
    if (row.outcome === "created") await alongside(tx);
    return row;
  });
}

async function callSubmit(
  db: Database | Transaction,
  who: Annotator,
  submission: JudgementSubmission,
  { questionnaireId, questions, answers }: FittingAnswers,
) {
  const { leaseId, leaseToken, idempotencyKey, timings, flagged, comment, client } = submission;
  const stored = JSON.stringify(storedAnswer(answers, questions));
  const rows = await db.$queryRaw<unknown[]>`
    SELECT outcome, judgement_id, surplus, next, today, project_id,
      project_tally(project_id, ${who.memberId}::uuid) AS here
    FROM submit_judgement(
      ${who.workspaceId}::uuid, ${who.memberId}::uuid, ${leaseId}::uuid, ${leaseToken}, ${idempotencyKey}::uuid,
      ${bodyHash(submission)}, ${stored}::jsonb, ${questionnaireId}::uuid, ${flagged}, ${comment},
      ${JSON.stringify(timings)}::jsonb, ${JSON.stringify(client)}::jsonb)`;
  return SubmitRow.parse(rows[0]);
}

/** The fields in the order of their schema, which parsing has put them in; the token is a credential and no content. */
function bodyHash({ leaseToken: _, ...content }: JudgementSubmission): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}
