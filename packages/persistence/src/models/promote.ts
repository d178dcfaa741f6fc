import { type PromotionDraft, refused } from "@touchstone/contracts";
import { type Actor, type MemberActor, recordAudit } from "../audit/record.ts";
import { type Database, databaseNow, type Transaction } from "../client.ts";
import { assertProject } from "../projects/queries.ts";
import { findModel, lockModel, modelInUse } from "./queries.ts";

/** Of one project and kind. */
interface Place {
  readonly workspaceId: string;
  readonly projectId: string;
  readonly kind: "policy" | "reward";
}

/**
 * Puts a model in use: schedules go on from it, and forms propose it. To put in use what one would go back to is to go back.
 *
 * @throws DomainError not_found; conflict where it is in use already, another is by now than whoever asks has seen, or the
 * model is another project's.
 */
export async function promoteModel(db: Database, by: MemberActor, id: string, draft: PromotionDraft): Promise<void> {
  const { workspaceId } = by;
  const { projectId, reason, insteadOf } = draft;
  await assertProject(db, workspaceId, projectId);
  await db.$transaction(async (tx) => {
    await lockPlace(tx, projectId);
    await lockModel(tx, workspaceId, id);
    const model = await findModel(tx, workspaceId, id);
    if (model.projectId !== null && model.projectId !== projectId) throw refused("modelOfOtherProject");
    const place = { workspaceId, projectId, kind: model.kind };
    const inUse = await modelInUse(tx, place);
    if (inUse?.promotionId && inUse.row.id === id) throw refused("modelInUseAlready");
    if ((inUse?.row.id ?? null) !== insteadOf) throw refused("otherModelInUse", { name: inUse?.row.name ?? "–" });
    const back = await putInUse(tx, place, { id, cause: "person", reason, by: by.id });
    await tx.modelVersion.update({ where: { id }, data: { archivedAt: null } });
    const { number, kind } = model;
    const detail = { projectId, kind, model: number, note: reason };
    await recordAudit(tx, by, back ? "model.rolledBack" : "model.promoted", id, detail);
  });
}

/**
 * What a schedule has trained takes the place of what it was trained from, as it did before anybody could decide: whoever
 * sets a schedule lets the loop go on by itself.
 */
export async function promoteOfSchedule(
  tx: Transaction,
  place: Place,
  { id, scheduleId }: { readonly id: string; readonly scheduleId: string },
): Promise<void> {
  await lockPlace(tx, place.projectId);
  await putInUse(tx, place, { id, cause: "schedule", reason: "", by: null });
  const { number } = await tx.modelVersion.findUniqueOrThrow({ where: { id }, select: { number: true } });
  const itself: Actor = { workspaceId: place.workspaceId, id: null };
  const detail = { projectId: place.projectId, kind: place.kind, model: number, scheduleId };
  await recordAudit(tx, itself, "model.promoted", id, detail);
}

/** Whoever puts another model in use in this project waits. */
async function lockPlace(tx: Transaction, projectId: string): Promise<void> {
  await tx.$queryRaw`SELECT FROM project WHERE id = ${projectId}::uuid FOR NO KEY UPDATE`;
}

interface Promoted {
  readonly id: string;
  readonly cause: "person" | "schedule";
  readonly reason: string;
  readonly by: string | null;
}

/** @returns whether it was gone back to: then what it had come after itself is what one would go back to next. */
async function putInUse(tx: Transaction, place: Place, { id, cause, reason, by }: Promoted): Promise<boolean> {
  const inUse = await modelInUse(tx, place);
  const current = await tx.modelPromotion.findFirst({ where: { ...place, endedAt: null } });
  const back = current?.formerId === id;
  const formerId = back ? await formerOf(tx, place, id) : withoutItself(inUse?.row.id, id);
  // The one ends at the moment in which the other begins.
  const now = await databaseNow(tx);
  await tx.modelPromotion.updateMany({ where: { ...place, endedAt: null }, data: { endedAt: now } });
  const data = { ...place, modelVersionId: id, formerId, back, cause, reason, promotedById: by, createdAt: now };
  await tx.modelPromotion.create({ data });
  return back;
}

const withoutItself = (former: string | undefined, id: string) =>
  former === undefined || former === id ? null : former;

/** What a model had come after when it was last in use. */
async function formerOf(tx: Transaction, place: Place, id: string): Promise<string | null> {
  const row = await tx.modelPromotion.findFirst({
    where: { ...place, modelVersionId: id },
    orderBy: { id: "desc" },
    select: { formerId: true },
  });
  return row?.formerId ?? null;
}
