import { type ArchiveView, refused } from "@touchstone/contracts";
import { type Actor, type MemberActor, recordAudit } from "../audit/record.ts";
import { type Database, databaseNow, type Transaction } from "../client.ts";
import type { FileStore } from "../files/file-store.ts";
import { Prisma } from "../generated/client.ts";
import { promise } from "../outbox/promise.ts";
import { archiveFolder, toArchiveView } from "./view.ts";

/** Archives of a workspace that wait at once: a worker does one after another. */
const mostWaiting = 10;

/** Takes a row back to where nothing of its file is there: whoever was at it has lost it. */
const anew = {
  state: "waiting",
  attempt: { increment: 1 },
  ...{ lost: 0, rows: 0n, totalRows: null, phase: null, path: null, bytes: null, sha256: null, removedBecause: null },
  ...{ notBefore: null, heartbeatAt: null, endedAt: null },
} as const;

const nothingTold = { told: Prisma.DbNull, problem: Prisma.DbNull };

async function assertProject(tx: Transaction, workspaceId: string, id: string): Promise<void> {
  const found = await tx.project.count({ where: { id, workspaceId, deletedAt: null } });
  if (found === 0) throw refused("notThere", { kind: "project" });
}

/** @throws DomainError too_many_requests */
export async function assertRoom(tx: Transaction, workspaceId: string): Promise<void> {
  const waiting = await tx.projectArchive.count({ where: { workspaceId, state: "waiting" } });
  if (waiting >= mostWaiting) throw refused("tooManyArchives", { limit: mostWaiting });
}

/**
 * Has a copy of a whole project written. One that waits or is being written goes on; one that is there gives way to it.
 *
 * @throws DomainError not_found, also for a project of another workspace; too_many_requests.
 */
export async function askArchive(
  { db, files }: { readonly db: Database; readonly files: FileStore },
  by: Actor,
  projectId: string,
): Promise<ArchiveView> {
  const { workspaceId } = by;
  const { row, replaced } = await db.$transaction(async (tx) => {
    await assertProject(tx, workspaceId, projectId);
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('archive ' || ${projectId}, 0))`;
    const known = await tx.projectArchive.findFirst({ where: { workspaceId, projectId, direction: "out" } });
    if (known?.state === "waiting" || known?.state === "working") return { row: known, replaced: null };
    await assertRoom(tx, workspaceId);
    const asked = { askedById: by.id, askedAt: await databaseNow(tx) };
    const made = known
      ? await tx.projectArchive.update({ where: { id: known.id }, data: { ...anew, ...asked, ...nothingTold } })
      : await tx.projectArchive.create({ data: { workspaceId, projectId, direction: "out", ...asked } });
    await promise(tx, "archive", made.id);
    await recordAudit(tx, by, "archive.asked", projectId, { projectId });
    return { row: made, replaced: known?.path ?? null };
  });
  if (replaced !== null) await files.remove(replaced);
  return toArchiveView(row);
}

/** Deletes the copy of a project, or has it no longer written. @throws DomainError not_found. */
export async function deleteArchive(
  { db, files }: { readonly db: Database; readonly files: FileStore },
  by: Actor,
  projectId: string,
): Promise<void> {
  const { workspaceId } = by;
  await db.$transaction(async (tx) => {
    await assertProject(tx, workspaceId, projectId);
    const { count } = await tx.projectArchive.deleteMany({ where: { workspaceId, projectId, direction: "out" } });
    if (count === 0) throw refused("notThere", { kind: "archive" });
    await recordAudit(tx, by, "archive.deleted", projectId, { projectId });
  });
  // Whoever is writing it finds its row gone, and removes what it wrote.
  await files.removePrefix(archiveFolder({ workspaceId, projectId }));
}

/** Null where none was asked for. @throws DomainError not_found. */
export async function findArchive(db: Database, workspaceId: string, projectId: string): Promise<ArchiveView | null> {
  await assertProject(db, workspaceId, projectId);
  const row = await db.projectArchive.findFirst({ where: { workspaceId, projectId, direction: "out" } });
  return row ? toArchiveView(row) : null;
}

/** A copy that is written, as whoever sends it needs it. */
export interface ReadyArchive {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly projectName: string;
  readonly writtenAt: Date;
}

/** Null where it is not written, or not even asked for. */
export async function findReadyArchive(
  db: Database,
  workspaceId: string,
  projectId: string,
): Promise<ReadyArchive | null> {
  const row = await db.projectArchive.findFirst({
    where: { workspaceId, projectId, direction: "out", state: "ready", project: { deletedAt: null } },
    include: { project: { select: { name: true } } },
  });
  if (!row?.project || row.path === null || row.bytes === null || row.sha256 === null || row.endedAt === null)
    return null;
  const { path, bytes, sha256, project, endedAt } = row;
  return { path, bytes: Number(bytes), sha256, projectName: project.name, writtenAt: endedAt };
}

/** Writes into the audit that a copy of a project goes out. */
export async function takeOutArchive(db: Database, by: MemberActor, projectId: string, bytes: number): Promise<void> {
  await db.$transaction((tx) => recordAudit(tx, by, "archive.taken", projectId, { projectId, bytes }));
}
