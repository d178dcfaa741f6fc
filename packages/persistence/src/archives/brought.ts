import { type BroughtArchive, DomainError, refused } from "@touchstone/contracts";
import type pg from "pg";
import { type Actor, recordAudit } from "../audit/record.ts";
import type { Database, Transaction } from "../client.ts";
import type { FileStore } from "../files/file-store.ts";
import { promise } from "../outbox/promise.ts";
import { removeSpooled } from "../spool/remove.ts";
import { assertRoom } from "./ask.ts";
import { removeMarked } from "./remove.ts";
import { clearStored } from "./stored.ts";
import { archiveFolder, toBroughtArchive } from "./view.ts";

interface Stores {
  readonly db: Database;
  readonly pool: pg.Pool;
  readonly files: FileStore;
}

const withProject = { include: { project: { select: { name: true } } } } as const;

/**
 * Promises an upload that is there whole to a worker, which makes a project of it. One that a worker has already goes on.
 *
 * @throws DomainError not_found for what is no copy of a project, also one of another workspace; conflict while it arrives;
 * too_many_requests.
 */
export async function bringUploaded(db: Database, by: Actor, fileId: string): Promise<BroughtArchive> {
  const { workspaceId, id: askedById } = by;
  return db.$transaction(async (tx) => {
    const { name, bytes } = await lockUpload(tx, workspaceId, fileId);
    const under = { workspaceId, fileId, state: { in: ["waiting", "working"] } };
    const known = await tx.projectArchive.findFirst({ where: under, ...withProject });
    if (known) return toBroughtArchive(known);
    await assertRoom(tx, workspaceId);
    const data = { workspaceId, direction: "in", name, bytes: BigInt(bytes), fileId, askedById };
    const row = await tx.projectArchive.create({ data, ...withProject });
    await promise(tx, "archive", row.id);
    await recordAudit(tx, by, "archive.brought", row.id, { name, bytes });
    return toBroughtArchive(row);
  });
}

/** Has whoever asks for the same upload, or removes it, wait. */
async function lockUpload(tx: Transaction, workspaceId: string, fileId: string) {
  const [file] = await tx.$queryRaw<{ name: string; state: string; bytes: number }[]>`
    SELECT name, state, received::float8 AS bytes FROM spooled_file
    WHERE workspace_id = ${workspaceId}::uuid AND id = ${fileId}::uuid AND project_id IS NULL FOR UPDATE`;
  if (!file) throw refused("notThere", { kind: "file" });
  if (file.state === "arriving") throw refused("spooledArriving", { received: file.bytes });
  if (file.state === "failed") throw refused("spooledFailed");
  return file;
}

/**
 * Has no project made of an archive; nothing of it stays but word that it was stopped. Said again, nothing changes.
 *
 * @throws DomainError not_found; conflict where the project is made already, or the archive was refused.
 */
export async function cancelBrought(stores: Stores, by: Actor, id: string): Promise<BroughtArchive> {
  const { workspaceId } = by;
  const row = await stores.db.$transaction(async (tx) => {
    // Whoever has it finds with its next heartbeat, or at the latest before its rows are there, that it is not its own.
    const stopped = await tx.$queryRaw<{ name: string | null }[]>`
      UPDATE project_archive SET state = 'cancelled', attempt = attempt + 1, lost = 0, phase = NULL, heartbeat_at = NULL,
        ended_at = clock_timestamp()
      WHERE id = ${id}::uuid AND workspace_id = ${workspaceId}::uuid AND direction = 'in' AND state IN ('waiting', 'working')
      RETURNING name`;
    const now = await tx.projectArchive.findFirst({ where: { id, workspaceId, direction: "in" }, ...withProject });
    if (!now) throw refused("notThere", { kind: "broughtArchive" });
    if (now.state !== "cancelled") throw refused("archiveEnded");
    if (stopped.length > 0) await recordAudit(tx, by, "archive.cancelled", id, { name: now.name ?? "" });
    return now;
  });
  await forgetBrought(stores, id);
  return toBroughtArchive(row);
}

/** Of those that ended. */
const mostListed = 20;

/** Those under way and the last that ended, newest first. */
export async function listBrought(db: Database, workspaceId: string): Promise<BroughtArchive[]> {
  const where = { workspaceId, direction: "in", state: { not: "arriving" } };
  const rows = await db.projectArchive.findMany({ where, orderBy: { id: "desc" }, take: mostListed, ...withProject });
  return rows.map(toBroughtArchive);
}

/** @throws DomainError not_found, also for one of another workspace. */
export async function getBrought(db: Database, workspaceId: string, id: string): Promise<BroughtArchive> {
  const row = await db.projectArchive.findFirst({ where: { id, workspaceId, direction: "in" }, ...withProject });
  if (!row) throw refused("notThere", { kind: "broughtArchive" });
  return toBroughtArchive(row);
}

/** Where earlier versions put an archive that was brought, in one piece. */
const folderOfBrought = (workspaceId: string, id: string) => `${archiveFolder({ workspaceId, projectId: null })}/${id}`;

/** Removes the file of one that has ended, whichever way; its row still says how. */
export async function forgetBrought({ db, pool, files }: Stores, id: string): Promise<void> {
  const row = await db.projectArchive.findFirst({ where: { id, direction: "in" } });
  if (!row) return;
  if (row.path !== null) await files.removePrefix(folderOfBrought(row.workspaceId, id));
  if (row.fileId !== null) await removeSpooled({ pool, files }, row.workspaceId, row.fileId).catch(unlessGone);
  await db.projectArchive.updateMany({ where: { id, path: row.path }, data: { path: null, fileId: null } });
}

function unlessGone(error: unknown): void {
  if (!(error instanceof DomainError && error.code === "not_found")) throw error;
}

/** An upload of an earlier version that nobody heard of for so long broke off with its process. */
const arrivingHours = 24;

/** What processes have left that died at the wrong moment: files of archives that have ended, what these have stored for projects that were not made, uploads of earlier versions that broke off, and copies that were removed. */
export async function sweepArchives({ db, pool, files }: Stores): Promise<void> {
  await removeMarked({ pool, files });
  const ended = { direction: "in", state: { in: ["ready", "failed", "cancelled"] } };
  const kept = { ...ended, OR: [{ path: { not: null } }, { fileId: { not: null } }] };
  for (const { id } of await db.projectArchive.findMany({ where: kept, select: { id: true } })) {
    await forgetBrought({ db, pool, files }, id);
  }
  const { rows: unmade } = await pool.query<{ id: string }>(
    "SELECT id FROM project_archive WHERE to_clear IS NOT NULL AND state IN ('failed', 'cancelled')",
  );
  for (const { id } of unmade) await clearStored({ pool, files }, id);
  const broken = await db.$queryRaw<{ id: string; workspaceId: string }[]>`
    SELECT id, workspace_id AS "workspaceId" FROM project_archive
    WHERE state = 'arriving' AND asked_at < now() - make_interval(hours => ${arrivingHours})`;
  for (const { id, workspaceId } of broken) {
    await files.removePrefix(folderOfBrought(workspaceId, id));
    await db.projectArchive.deleteMany({ where: { id, state: "arriving" } });
  }
}
