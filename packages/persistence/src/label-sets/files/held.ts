import { parseLabelSetFileName } from "@touchstone/contracts";
import type { AskedExport } from "@touchstone/datasets";
import type { Database } from "../../client.ts";
import { Prisma } from "../../generated/client.ts";
import { staleAfterSeconds } from "../../runs/fencing.ts";

/** A file in the hands of a worker. */
export interface HeldFile {
  readonly id: string;
  readonly attempt: number;
  readonly workspaceId: string;
  readonly projectId: string;
  readonly labelSetId: string;
  readonly name: string;
  readonly asked: AskedExport;
}

export interface PendingFile {
  readonly id: string;
  readonly attempt: number;
}

/** Attempts in a row that may end with their worker's death and nothing to show for it. */
const mostLost = 5;
/** After what kept it from being written for a while, such as a full disk, a file rests so long. */
const restSeconds = 20;

/** Of a row: that a worker may take it. It waits and does not rest, or whoever held it is dead. */
const isReady = Prisma.sql`(
  (state = 'waiting' AND coalesce(not_before, now()) <= now())
  OR (state = 'writing' AND heartbeat_at < now() - make_interval(secs => ${staleAfterSeconds})))`;

/** Files that wait for a worker, oldest first. */
export async function pendingLabelSetFiles(db: Database, ids?: string[]): Promise<PendingFile[]> {
  return db.$queryRaw<PendingFile[]>`
    SELECT id, attempt FROM label_set_file
    WHERE ${isReady} AND (${ids === undefined} OR id = ANY (${ids ?? []}::uuid[])) ORDER BY id LIMIT 1000`;
}

/**
 * Takes a file that waits, or whose worker died, by the database's clock; null where it is written, gone or in good hands,
 * and where its workers die one after the other, which ends it.
 */
export async function takeLabelSetFile(db: Database, id: string): Promise<HeldFile | null> {
  const [row] = await db.$queryRaw<(Omit<HeldFile, "asked"> & { state: string })[]>`
    UPDATE label_set_file f SET
      state = CASE WHEN f.lost >= ${mostLost} THEN 'failed' ELSE 'writing' END,
      attempt = f.attempt + 1, lost = f.lost + 1, rows = 0, not_before = NULL, heartbeat_at = now(),
      deleted = (SELECT count(*) FROM label_set_tombstone t WHERE t.label_set_id = f.label_set_id)
    WHERE f.id = (SELECT id FROM label_set_file WHERE id = ${id}::uuid AND ${isReady} FOR UPDATE SKIP LOCKED)
    RETURNING f.id, f.attempt, f.state, f.workspace_id AS "workspaceId", f.project_id AS "projectId",
      f.label_set_id AS "labelSetId", f.name`;
  if (row?.state !== "writing") return null;
  const asked = parseLabelSetFileName(row.name);
  if (asked === null) throw new Error(`${row.name} is no name of a file`);
  return { ...row, asked: { ...asked, margin: asked.margin === "true" } };
}

/** Says that this worker lives, and how far it is. @returns whether the file is still its own. */
export async function beatLabelSetFile(db: Database, { id, attempt }: HeldFile, rows: number): Promise<boolean> {
  const held = await db.$executeRaw`
    UPDATE label_set_file SET heartbeat_at = now(), rows = ${rows}
    WHERE id = ${id}::uuid AND attempt = ${attempt} AND state = 'writing'`;
  return held > 0;
}

export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly rows: number;
  readonly blind: number;
}

/**
 * From here on the file is there for everybody. @returns whether it is: not where another worker has it, or something of the
 * set was deleted while it was written.
 */
export async function finishLabelSetFile(db: Database, held: HeldFile, written: WrittenFile): Promise<boolean> {
  const { path, bytes, sha256, rows, blind } = written;
  const count = await db.$executeRaw`
    UPDATE label_set_file f SET state = 'ready', path = ${path}, bytes = ${bytes}, sha256 = ${sha256}, rows = ${rows},
      blind = ${blind}, lost = 0, heartbeat_at = NULL, written_at = clock_timestamp()
    WHERE f.id = ${held.id}::uuid AND f.attempt = ${held.attempt} AND f.state = 'writing'
      AND f.deleted = (SELECT count(*) FROM label_set_tombstone t WHERE t.label_set_id = f.label_set_id)`;
  return count > 0;
}

/** Puts it back, so that the next worker need not wait for the heartbeat to age. */
export async function returnLabelSetFile(db: Database, held: HeldFile, rest: boolean): Promise<void> {
  await db.$executeRaw`
    UPDATE label_set_file SET state = 'waiting', heartbeat_at = NULL, lost = greatest(0, lost - 1),
      not_before = CASE WHEN ${rest} THEN now() + make_interval(secs => ${restSeconds}) END
    WHERE id = ${held.id}::uuid AND attempt = ${held.attempt} AND state = 'writing'`;
}

export async function failLabelSetFile(db: Database, held: HeldFile): Promise<void> {
  await db.$executeRaw`
    UPDATE label_set_file SET state = 'failed', heartbeat_at = NULL, lost = 0
    WHERE id = ${held.id}::uuid AND attempt = ${held.attempt} AND state = 'writing'`;
}
