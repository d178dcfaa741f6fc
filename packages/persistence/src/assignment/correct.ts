import { createHash } from "node:crypto";
import {
  CorrectionBar,
  type CorrectionReceipt,
  type CorrectionSubmission,
  DomainError,
  refused,
} from "@touchstone/contracts";
import { z } from "zod";
import type { Database } from "../client.ts";
import { storedAnswer } from "../judgements/stored-answers.ts";
import { projectArchived } from "../projects/archived.ts";
import { again } from "./again.ts";
import type { Annotator } from "./annotator.ts";
import { fittingAnswers } from "./fitting-answers.ts";
import { undoMinutes } from "./undo-window.ts";

const bars = CorrectionBar.options;
const kept = { judgement_id: z.uuid(), project_id: z.uuid() };
const CorrectRow = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.enum(["created", "repeated"]), ...kept }),
  z.object({ outcome: z.enum(["not_found", "idempotency_conflict", "wrong_question", ...bars]) }),
]);
const UndoRow = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.enum(["created", "repeated"]), ...kept }),
  z.object({ outcome: z.enum(["not_found", "idempotency_conflict", "no_correction", "undo_too_late", ...bars]) }),
]);

/**
 * Puts another answer in the place of one's own. Both stay, and the newest counts: the task is still judged once, and so
 * it is in the counts of its annotator. Idempotent by (member, idempotency key).
 *
 * @throws DomainError not_found, idempotency_conflict, invalid_request or invalid_value (the answers do not fit the
 * questions), project_archived, conflict (it no longer counts, its project has ended, or its models have been told).
 */
export async function correctJudgement(
  db: Database,
  who: Annotator,
  judgementId: string,
  correction: CorrectionSubmission,
): Promise<CorrectionReceipt> {
  const leaseId = await leaseOf(db, who, judgementId);
  const { questionnaireId, questions, answers } = await fittingAnswers(db, who, { leaseId, ...correction });
  const hash = createHash("sha256")
    .update(JSON.stringify({ corrects: judgementId, ...correction }))
    .digest("hex");
  const { idempotencyKey, flagged, comment, timings, client } = correction;
  const rows = await again(
    () => db.$queryRaw<unknown[]>`
      SELECT outcome, judgement_id, project_id FROM correct_judgement(
        ${who.workspaceId}::uuid, ${who.memberId}::uuid, ${judgementId}::uuid, ${idempotencyKey}::uuid, ${hash},
        ${JSON.stringify(storedAnswer(answers, questions))}::jsonb, ${questionnaireId}::uuid, ${flagged}, ${comment},
        ${JSON.stringify(timings)}::jsonb, ${JSON.stringify(client)}::jsonb,
        make_interval(mins => ${undoMinutes}::int))`,
  );
  return receiptOf(CorrectRow.parse(rows[0]));
}

/**
 * Takes one's own correction back within the time in which anything can be undone: what it replaced counts again, as a
 * judgement of its own. Idempotent by (member, idempotency key).
 *
 * @throws DomainError not_found, idempotency_conflict, undo_too_late, project_archived, and conflict as for a correction or
 * where it is none.
 */
export async function undoCorrection(
  db: Database,
  who: Annotator,
  undo: { judgementId: string; idempotencyKey: string },
): Promise<CorrectionReceipt> {
  const hash = createHash("sha256").update(`undo correction ${undo.judgementId}`).digest("hex");
  const rows = await again(
    () => db.$queryRaw<unknown[]>`
      SELECT outcome, judgement_id, project_id FROM undo_correction(
        ${who.workspaceId}::uuid, ${who.memberId}::uuid, ${undo.judgementId}::uuid, ${undo.idempotencyKey}::uuid, ${hash},
        make_interval(mins => ${undoMinutes}::int))`,
  );
  return receiptOf(UndoRow.parse(rows[0]));
}

/** What is asked of the lease is what was asked when it was judged. */
async function leaseOf(db: Database, { workspaceId, memberId }: Annotator, id: string): Promise<string> {
  const judgement = await db.judgement.findFirst({
    where: { workspaceId, memberId, id, kind: "answer" },
    select: { leaseId: true },
  });
  if (!judgement) throw refused("notYours", { kind: "judgement" });
  return judgement.leaseId;
}

type Row = z.infer<typeof CorrectRow> | z.infer<typeof UndoRow>;

function receiptOf(row: Row): CorrectionReceipt {
  switch (row.outcome) {
    case "created":
    case "repeated":
      return { judgementId: row.judgement_id, created: row.outcome === "created" };
    case "not_found":
      throw refused("notYours", { kind: "judgement" });
    case "idempotency_conflict":
      throw new DomainError("idempotency_conflict", "This idempotency key was used for something else.", {
        path: "idempotencyKey",
      });
    case "wrong_question":
      throw refused("questionsChanged");
    case "no_correction":
      throw refused("noCorrection");
    case "undo_too_late":
      throw refused("correctionNotUndone", { minutes: undoMinutes });
    default:
      throw barred(row.outcome);
  }
}

function barred(bar: CorrectionBar): DomainError {
  switch (bar) {
    case "taken_back":
      return refused("correctedTakenBack");
    case "corrected":
      return refused("correctedAlready");
    case "surplus":
      return refused("correctedSurplus");
    case "archived":
      return projectArchived();
    case "ended":
      return refused("correctedEnded");
    case "told":
      return refused("correctedTold", { minutes: undoMinutes });
  }
}
