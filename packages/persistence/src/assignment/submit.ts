import { createHash } from "node:crypto";
import {
  DomainError,
  type JudgementReceipt,
  type JudgementSubmission,
  ProjectTally,
  refused,
} from "@touchstone/contracts";
import { z } from "zod";
import { type Database, driverOf, type Transaction } from "../client.ts";
import { storedAnswer } from "../judgements/stored-answers.ts";
import { projectArchived } from "../projects/archived.ts";
import { again } from "./again.ts";
import type { Annotator } from "./annotator.ts";
import { askedMemoryOf } from "./asked-memory.ts";
import { claimOneMore } from "./claim.ts";
import { type FittingAnswers, fittingAnswers } from "./fitting-answers.ts";
import { HandedOut } from "./handed-out.ts";
import { lostLease } from "./lost-lease.ts";

const kept = {
  judgement_id: z.uuid(),
  surplus: z.boolean(),
  next: HandedOut.nullable(),
  today: z.number(),
  here: ProjectTally,
  project_id: z.uuid(),
};
const SubmitRow = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.literal("created"), ...kept }),
  z.object({ outcome: z.literal("repeated"), ...kept }),
  z.object({ outcome: z.enum(["not_found", "archived", "idempotency_conflict", "wrong_question", "answered"]) }),
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
): Promise<JudgementReceipt & { next: HandedOut | null }> {
  const fitting = await fittingAnswers(db, who, submission);
  const row = await again(() =>
    alongside ? submitWith(db, who, submission, fitting, alongside) : submitAlone(db, who, submission, fitting),
  );
  const memory = askedMemoryOf(db);
  switch (row.outcome) {
    case "created":
    case "repeated":
      memory.forget(who, submission.leaseId);
      if (row.next) memory.remember(who, row.next);
      return {
        judgementId: row.judgement_id,
        surplus: row.surplus,
        created: row.outcome === "created",
        next: row.next ?? (await claimOneMore(db, who, row.project_id)),
        today: row.today,
        here: row.here,
      };
    case "not_found":
      throw await lostLease(db, who, submission.leaseId);
    case "archived":
      throw projectArchived();
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
    const rows = await tx.$queryRawUnsafe<unknown[]>(statement, ...valuesOf(who, submission, fitting));
    const row = SubmitRow.parse(rows[0]);
    if (row.outcome === "created") await alongside(tx);
    return row;
  });
}

const statement = `
  SELECT outcome, judgement_id, surplus, next, today, project_id, project_tally(project_id, $2::uuid) AS here
  FROM submit_judgement($1::uuid, $2::uuid, $3::uuid, $4, $5::uuid, $6, $7::jsonb, $8::uuid, $9::boolean, $10, $11::jsonb, $12::jsonb)`;

async function submitAlone(db: Database, who: Annotator, submission: JudgementSubmission, fitting: FittingAnswers) {
  const values = valuesOf(who, submission, fitting);
  const { rows } = await driverOf(db).query<object>({ name: "submit-judgement", text: statement, values });
  return SubmitRow.parse(rows[0]);
}

function valuesOf(
  { workspaceId, memberId }: Annotator,
  submission: JudgementSubmission,
  { questionnaireId, questions, answers }: FittingAnswers,
) {
  const { leaseId, leaseToken, idempotencyKey, timings, flagged, comment, client } = submission;
  const stored = JSON.stringify(storedAnswer(answers, questions));
  const whose = [workspaceId, memberId, leaseId, leaseToken, idempotencyKey, bodyHash(submission)];
  return [...whose, stored, questionnaireId, flagged, comment, JSON.stringify(timings), JSON.stringify(client)];
}

/** The fields in the order of their schema, which parsing has put them in; the token is a credential and no content. */
function bodyHash({ leaseToken: _, ...content }: JudgementSubmission): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("hex");
}
