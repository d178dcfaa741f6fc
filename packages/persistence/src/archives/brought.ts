import { type BroughtArchive, refused } from "@touchstone/contracts";
import type pg from "pg";
import { type Actor, recordAudit } from "../audit/record.ts";
import type { Database } from "../client.ts";
import type { FileStore } from "../files/file-store.ts";
import { promise } from "../outbox/promise.ts";
import { assertRoom } from "./ask.ts";
import { removeMarked } from "./remove.ts";
import { archiveFolder, toBroughtArchive } from "./view.ts";

interface Stores {
  readonly db: Database;
  readonly files: FileStore;
}

const withProject = { include: { project: { select: { name: true } } } } as const;

/**
 * Keeps an archive that somebody sends, and promises it to a worker once all of it is there. What breaks off leaves nothing.
 *
 * @param content refuses by itself what is too long
 * @throws DomainError too_many_requests, and whatever the content throws
 */
export async function keepBrought(
  { db, files }: Stores,
  by: Actor,
  name: string,
  content: AsyncIterable<Uint8Array>,
): Promise<BroughtArchive> {
  const { workspaceId, id: askedById } = by;
  const { id } = await db.$transaction(async (tx) => {
    await assertRoom(tx, workspaceId);
    // A row first, so that a process that dies leaves word of what it had of the file.
    return tx.projectArchive.create({ data: { workspaceId, direction: "in", state: "arriving", name, askedById } });
  });
  const path = `${folderOfBrought(workspaceId, id)}/file`;
  try {
    const bytes = await files.put(path, content);
    return await db.$transaction(async (tx) => {
      const data = { state: "waiting", path, bytes: BigInt(bytes) };
      const row = await tx.projectArchive.update({ where: { id }, data, ...withProject });
      await promise(tx, "archive", id);
      await recordAudit(tx, by, "archive.brought", id, { name, bytes });
      return toBroughtArchive(row);
    });
  } catch (error) {
    await files.removePrefix(folderOfBrought(workspaceId, id));
    await db.projectArchive.deleteMany({ where: { id } });
    throw error;
  }
}

const folderOfBrought = (workspaceId: string, id: string) => `${archiveFolder({ workspaceId, projectId: null })}/${id}`;

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

/** Removes the file of one that has ended, whichever way; its row still says how. */
export async function forgetBrought({ db, files }: Stores, id: string): Promise<void> {
  const row = await db.projectArchive.findFirst({ where: { id, direction: "in" } });
  if (!row) return;
  await files.removePrefix(folderOfBrought(row.workspaceId, id));
  await db.projectArchive.updateMany({ where: { id, path: row.path }, data: { path: null } });
}

/** An upload that nobody heard of for so long broke off with its process. */
const arrivingHours = 24;

/** What processes have left that died at the wrong moment: files of archives that have ended, of uploads that never did, and of copies that were removed. */
export async function sweepArchives({ db, pool, files }: Stores & { readonly pool: pg.Pool }): Promise<void> {
  await removeMarked({ pool, files });
  const ended = await db.projectArchive.findMany({
    where: { direction: "in", state: { in: ["ready", "failed"] }, path: { not: null } },
    select: { id: true },
  });
  for (const { id } of ended) await forgetBrought({ db, files }, id);
  const broken = await db.$queryRaw<{ id: string; workspaceId: string }[]>`
    SELECT id, workspace_id AS "workspaceId" FROM project_archive
    WHERE state = 'arriving' AND asked_at < now() - make_interval(hours => ${arrivingHours})`;
  for (const { id, workspaceId } of broken) {
    await files.removePrefix(folderOfBrought(workspaceId, id));
    await db.projectArchive.deleteMany({ where: { id, state: "arriving" } });
  }
}
