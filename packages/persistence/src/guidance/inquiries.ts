import {
  DomainError,
  type InquiryDraft,
  InquiryList,
  InquiryView,
  mostOpenInquiries,
  refused,
} from "@touchstone/contracts";
import type { Annotator } from "../assignment/annotator.ts";
import type { Database, Transaction } from "../client.ts";
import { promise } from "../outbox/promise.ts";
import { assertMayWork } from "./may-work.ts";

/** A person's own are shown so far back; who has asked more reads the rest nowhere, and the staff all of them. */
const mostShown = 50;

/**
 * A question about a task that was given to this person at some time. Neither the task nor its lease is touched.
 *
 * @throws DomainError not_found (no such task, or never theirs), conflict beyond `mostOpenInquiries`, idempotency_conflict.
 */
export async function ask(
  db: Database,
  who: Annotator,
  projectId: string,
  { taskId, text, idempotencyKey }: InquiryDraft,
): Promise<InquiryView> {
  const { workspaceId, memberId } = who;
  return db.$transaction(async (tx) => {
    await assertMayWork(tx, who, projectId);
    // One question of a person after another, so that several at once do not pass the bound together.
    await tx.$queryRaw`SELECT FROM member WHERE id = ${memberId}::uuid FOR NO KEY UPDATE`;
    const former = await tx.inquiry.findUnique({ where: { memberId_idempotencyKey: { memberId, idempotencyKey } } });
    if (former && (former.text !== text || former.taskId !== taskId)) {
      throw new DomainError("idempotency_conflict", "This idempotency key was used with another body.", {
        path: "idempotencyKey",
      });
    }
    if (former) return readInquiry(tx, former.id);
    const given = await tx.lease.findFirst({
      where: { workspaceId, projectId, taskId, memberId },
      select: { id: true },
    });
    if (!given) throw refused("notYours", { kind: "task", at: "taskId" });
    const [{ open } = { open: 0 }] = await tx.$queryRaw<{ open: number }[]>`
      SELECT count(*)::int AS open FROM inquiry i WHERE i.member_id = ${memberId}::uuid AND i.project_id = ${projectId}::uuid
        AND NOT EXISTS (SELECT FROM remark_done d WHERE d.project_id = i.project_id AND d.remark_id = i.id)`;
    if (open >= mostOpenInquiries) throw refused("tooManyOpenInquiries", { limit: mostOpenInquiries });
    const data = { workspaceId, projectId, taskId, memberId, text, idempotencyKey };
    const { id } = await tx.inquiry.create({ data, select: { id: true } });
    await promise(tx, "guidance", projectId);
    return readInquiry(tx, id);
  });
}

async function readInquiry(tx: Transaction, id: string): Promise<InquiryView> {
  const [row] = await tx.$queryRaw<{ view: unknown }[]>`
    SELECT inquiry_view(i) AS view FROM inquiry i WHERE i.id = ${id}::uuid`;
  return InquiryView.parse(row?.view);
}

/**
 * What a person has asked in a project, newest first, and the answers that are for everybody who works there.
 *
 * @throws DomainError not_found, also where an open link led the annotator elsewhere.
 */
export async function listInquiries(db: Database, who: Annotator, projectId: string): Promise<InquiryList> {
  await assertMayWork(db, who, projectId);
  const [row] = await db.$queryRaw<unknown[]>`
    SELECT
      (SELECT coalesce(jsonb_agg(inquiry_view(own) ORDER BY own.created_at DESC, own.id DESC), '[]') FROM (
        SELECT i.* FROM inquiry i WHERE i.member_id = ${who.memberId}::uuid AND i.project_id = ${projectId}::uuid
        ORDER BY i.created_at DESC, i.id DESC LIMIT ${mostShown}::int) own) AS items,
      (SELECT count(*)::int FROM inquiry i WHERE i.member_id = ${who.memberId}::uuid AND i.project_id = ${projectId}::uuid
        AND i.answered_at IS NOT NULL AND i.seen_at IS NULL) AS unseen,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', note.id, 'text', note.text, 'answer', note.answer,
          'at', to_char(note.answered_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
          ORDER BY note.answered_at DESC, note.id DESC), '[]') FROM (
        SELECT i.* FROM inquiry i WHERE i.project_id = ${projectId}::uuid AND i.for_all
        ORDER BY i.answered_at DESC, i.id DESC LIMIT ${mostShown}::int) note) AS notes`;
  return InquiryList.parse(row);
}

/** Answers up to that moment have been looked at. @throws DomainError not_found, as above. */
export async function seeInquiries(db: Database, who: Annotator, projectId: string, upTo: string): Promise<void> {
  await assertMayWork(db, who, projectId);
  await db.inquiry.updateMany({
    where: { projectId, memberId: who.memberId, seenAt: null, answeredAt: { lte: new Date(upTo) } },
    data: { seenAt: new Date() },
  });
}
