import type { AuditEventView } from "@touchstone/contracts";
import { z } from "zod";
import type { Database } from "../client.ts";
import { memberNames } from "../people/member-names.ts";

const Via = z.enum(["session", "token"]);
const Detail = z.record(z.string(), z.unknown());

/** Newest first; `cursor` is the number of the last event of the page before. */
export async function listAuditEvents(
  db: Database,
  workspaceId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: AuditEventView[]; next: string | null }> {
  const rows = await db.auditEvent.findMany({
    where: { workspaceId, ...(cursor ? { id: { lt: BigInt(cursor) } } : {}) },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const nameOf = await memberNames(
    db,
    rows.map(({ memberId }) => memberId),
  );
  const items = rows.slice(0, limit).map((row) => ({
    id: row.id.toString(),
    at: row.at.toISOString(),
    actor: nameOf(row.memberId),
    via: Via.safeParse(row.via).data ?? null,
    token: row.token,
    action: row.action,
    subject: row.subject,
    detail: Detail.parse(row.detail),
  }));
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
