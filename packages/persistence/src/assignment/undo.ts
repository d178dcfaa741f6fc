import { createHash } from "node:crypto";
import { DomainError, refused } from "@touchstone/contracts";
import { z } from "zod";
import type { Database } from "../client.ts";
import { again } from "./again.ts";
import type { Annotator } from "./annotator.ts";
import { askedMemoryOf } from "./asked-memory.ts";
import { HandedOut } from "./handed-out.ts";
import { undoMinutes } from "./undo-window.ts";

const UndoRow = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.enum(["created", "repeated"]), task: HandedOut }),
  z.object({ outcome: z.enum(["not_found", "idempotency_conflict", "undo_too_late", "correction"]) }),
]);

const UndoSkipRow = z.discriminatedUnion("outcome", [
  z.object({ outcome: z.enum(["created", "repeated"]), task: HandedOut }),
  z.object({ outcome: z.enum(["not_found", "undo_too_late", "task_taken"]) }),
]);

/**
 * Takes one's own judgement back: a retraction is appended and the lease lives again with a new token and a new time.
 * Its slot was never free in between. Idempotent by (member, idempotency key).
 *
 * @throws DomainError not_found, idempotency_conflict, undo_too_late (after ten minutes, for surplus, undone or
 * corrected before), conflict (it is a correction: `undoCorrection` takes those back).
 */
export async function undoJudgement(
  db: Database,
  who: Annotator,
  undo: { judgementId: string; idempotencyKey: string },
): Promise<HandedOut> {
  const hash = createHash("sha256").update(`undo ${undo.judgementId}`).digest("hex");
  const rows = await again(
    () => db.$queryRaw<unknown[]>`
      SELECT outcome, task FROM undo_judgement(
        ${who.workspaceId}::uuid, ${who.memberId}::uuid, ${undo.judgementId}::uuid, ${undo.idempotencyKey}::uuid,
        ${hash}, make_interval(mins => ${undoMinutes}::int))`,
  );
  const row = UndoRow.parse(rows[0]);
  switch (row.outcome) {
    case "created":
    case "repeated":
      askedMemoryOf(db).remember(who, row.task);
      return row.task;
    case "not_found":
      throw refused("notYours", { kind: "judgement" });
    case "idempotency_conflict":
      throw new DomainError("idempotency_conflict", "This idempotency key was used for something else.", {
        path: "idempotencyKey",
      });
    case "undo_too_late":
      throw refused("judgementNotUndone", { minutes: undoMinutes });
    case "correction":
      throw refused("undoesCorrection");
  }
}

/**
 * Takes one's own skip back: its lease takes a free place at the task again and lives with a new token and a new time.
 * Idempotent by key.
 *
 * @throws DomainError not_found, undo_too_late (after ten minutes, or undone before), task_taken (no place is free).
 */
export async function undoSkip(
  db: Database,
  who: Annotator,
  undo: { leaseId: string; idempotencyKey: string },
): Promise<HandedOut> {
  const rows = await again(
    () => db.$queryRaw<unknown[]>`
      SELECT outcome, task FROM undo_skip(
        ${who.workspaceId}::uuid, ${who.memberId}::uuid, ${undo.leaseId}::uuid, ${undo.idempotencyKey}::uuid,
        make_interval(mins => ${undoMinutes}::int))`,
  );
  const row = UndoSkipRow.parse(rows[0]);
  switch (row.outcome) {
    case "created":
    case "repeated":
      askedMemoryOf(db).remember(who, row.task);
      return row.task;
    case "not_found":
      throw refused("notYours", { kind: "skip" });
    case "undo_too_late":
      throw refused("skipNotUndone", { minutes: undoMinutes });
    case "task_taken":
      throw new DomainError("task_taken", "Enough others have taken this task since you skipped it.");
  }
}
