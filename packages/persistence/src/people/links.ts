import { type LinkCreated, type LinkDraft, type LinkView, refused } from "@touchstone/contracts";
import { type Actor, recordAudit } from "../audit/record.ts";
import { type Database, databaseNow, type Transaction } from "../client.ts";
import type { Link, Prisma } from "../generated/client.ts";
import { assertLoginOfOneWorkspace } from "./reset.ts";
import { hashSecret, newSecret } from "./secrets.ts";

/** @param now by the database's clock, as `databaseNow` reads it. */
export function toLinkView(row: Link, now: Date): LinkView {
  const state = stateOf(row, now);
  return {
    id: row.id,
    kind: kindOf(row),
    role: row.role,
    projectId: row.projectId,
    note: row.note,
    capacity: row.capacity,
    used: row.used,
    nameAlone: row.nameAlone,
    state,
    path: row.token !== null && state === "open" ? pathOf(row.token) : null,
    expiresAt: row.expiresAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
  };
}

export function kindOf({ kind }: Pick<Link, "kind">): LinkView["kind"] {
  return kind === "passwordReset" ? "password-reset" : kind;
}

function pathOf(token: string): string {
  return `/join/${token}`;
}

function stateOf(row: Link, now: Date): LinkView["state"] {
  if (row.revokedAt) return "revoked";
  if (row.used >= row.capacity) return "used";
  return row.expiresAt <= now ? "expired" : "open";
}

/** Newest first. */
export async function listLinks(db: Database, workspaceId: string): Promise<LinkView[]> {
  const [rows, now] = await Promise.all([
    db.link.findMany({ where: { workspaceId }, orderBy: { id: "desc" } }),
    databaseNow(db),
  ]);
  return rows.map((row) => toLinkView(row, now));
}

/**
 * Makes a link. The token of a personal one is in this answer and nowhere else; an open one can be shown again.
 *
 * @throws DomainError not_found for a project or member of another workspace; conflict for a member without a login;
 *   forbidden for a reset of a login that belongs to other workspaces too.
 */
export async function createLink(db: Database, by: Actor, draft: LinkDraft): Promise<LinkCreated> {
  const token = newSecret();
  return db.$transaction(async (tx) => {
    const now = await databaseNow(tx);
    const row = await tx.link.create({
      data: {
        workspaceId: by.workspaceId,
        createdById: by.id,
        hash: hashSecret(token),
        token: draft.kind === "open" ? token : null,
        expiresAt: new Date(now.getTime() + draft.expiresInHours * 3_600_000),
        ...(await particulars(tx, by.workspaceId, draft)),
      },
    });
    const byName = row.nameAlone ? true : undefined;
    await recordAudit(tx, by, "link.created", row.id, { kind: draft.kind, role: row.role, byName });
    return { ...toLinkView(row, now), token, path: pathOf(token) };
  });
}

type Particulars = Omit<
  Prisma.LinkUncheckedCreateInput,
  "workspaceId" | "createdById" | "hash" | "token" | "expiresAt"
>;

async function particulars(tx: Transaction, workspaceId: string, draft: LinkDraft): Promise<Particulars> {
  if (draft.kind === "invitation") return { kind: "invitation", role: draft.role, note: draft.note };
  if (draft.kind === "open") {
    const project = await tx.project.findFirst({ where: { id: draft.projectId, workspaceId }, select: { id: true } });
    if (!project) throw refused("notThere", { kind: "project", at: "projectId" });
    const { projectId, capacity, consent, nameAlone } = draft;
    return { kind: "open", role: "annotator", projectId, capacity, consent, nameAlone };
  }
  const member = await tx.member.findFirst({ where: { id: draft.memberId, workspaceId } });
  if (!member) throw refused("notThere", { kind: "member", at: "memberId" });
  if (!member.userId) throw refused("cannotSignIn");
  await assertLoginOfOneWorkspace(tx, member.userId);
  return { kind: "passwordReset", role: member.role, memberId: member.id };
}

/** @throws DomainError not_found, also for a link of another workspace. */
export async function revokeLink(db: Database, by: Actor, id: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const link = await tx.link.findFirst({ where: { id, workspaceId: by.workspaceId } });
    if (!link) throw refused("notThere", { kind: "link" });
    if (link.revokedAt) return;
    await tx.link.update({ where: { id }, data: { revokedAt: await databaseNow(tx), token: null } });
    await recordAudit(tx, by, "link.revoked", id, {});
  });
}
