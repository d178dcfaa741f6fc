import {
  type ArchiveContents,
  type ArchivePhase,
  type ArchiveReceipt,
  type DomainError,
  problems,
} from "@touchstone/contracts";
import type pg from "pg";
import type { Database } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { staleAfterSeconds } from "../runs/fencing.ts";

/** An archive in the hands of a worker: to be written, or to make a project of. */
export interface HeldArchive {
  readonly id: string;
  readonly attempt: number;
  readonly direction: "out" | "in";
  readonly workspaceId: string;
  /** Of one that is to be written. */
  readonly projectId: string | null;
  /** Of one that was brought: its upload, or, with an earlier version, where it lies. */
  readonly fileId: string | null;
  readonly path: string | null;
  readonly askedById: string | null;
}

/** Attempts in a row that may end with their worker's death. */
const mostLost = 3;
/** After what kept it from being done for a while, such as a full disk, it rests so long. */
const restSeconds = 20;

/** Of a row: that a worker may take it. It waits and does not rest, or whoever held it is dead. */
const isReady = Prisma.sql`(
  (state = 'waiting' AND coalesce(not_before, now()) <= now())
  OR (state = 'working' AND heartbeat_at < now() - make_interval(secs => ${staleAfterSeconds})))`;

/** Archives that wait for a worker, oldest first. */
export async function pendingArchives(db: Database, ids?: string[]): Promise<{ id: string; attempt: number }[]> {
  return db.$queryRaw<{ id: string; attempt: number }[]>`
    SELECT id, attempt FROM project_archive
    WHERE ${isReady} AND (${ids === undefined} OR id = ANY (${ids ?? []}::uuid[])) ORDER BY id LIMIT 1000`;
}

/**
 * Takes an archive that waits, or whose worker died, by the database's clock; null where it is done, gone or in good hands,
 * and where its workers die one after the other, which `lost` says.
 */
export async function takeArchive(db: Database, id: string): Promise<(HeldArchive & { lost: number | null }) | null> {
  const [row] = await db.$queryRaw<(HeldArchive & { lost: number })[]>`
    UPDATE project_archive SET state = 'working', attempt = attempt + 1, lost = lost + 1, rows = 0, phase = NULL,
      step = 0, steps = NULL, not_before = NULL, heartbeat_at = now()
    WHERE id = (SELECT id FROM project_archive WHERE id = ${id}::uuid AND ${isReady} FOR UPDATE SKIP LOCKED)
    RETURNING id, attempt, direction, workspace_id AS "workspaceId", project_id AS "projectId", path,
      file_id AS "fileId", asked_by_id AS "askedById", lost`;
  if (!row) return null;
  return { ...row, lost: row.lost > mostLost ? row.lost - 1 : null };
}

export interface ArchiveProgress {
  rows: number;
  totalRows: number | null;
  phase: ArchivePhase;
  /** Of this phase: parts that are checked, files that are stored or written, or tables; and of how many, once that is known. */
  step: number;
  steps: number | null;
}

/** Goes on to the next phase. */
export function enterPhase(at: ArchiveProgress, phase: ArchivePhase, steps: number): void {
  Object.assign(at, { phase, step: 0, steps });
}

/** Says that this worker lives, and how far it is. @returns whether the archive is still its own. */
export async function beatArchive(db: Database, { id, attempt }: HeldArchive, at: ArchiveProgress): Promise<boolean> {
  const held = await db.$executeRaw`
    UPDATE project_archive SET heartbeat_at = now(), rows = ${at.rows}, total_rows = ${at.totalRows}, phase = ${at.phase},
      step = ${at.step}, steps = ${at.steps}
    WHERE id = ${id}::uuid AND attempt = ${attempt} AND state = 'working'`;
  return held > 0;
}

/** From here on the file is there for whoever asks. @returns whether it is: not where it is no longer wanted as it was written. */
export async function finishArchive(
  db: Database,
  { id, attempt }: HeldArchive,
  written: { path: string; bytes: number; sha256: string; rows: number; contents: ArchiveContents },
): Promise<boolean> {
  const { path, bytes, sha256, rows, contents } = written;
  const count = await db.$executeRaw`
    UPDATE project_archive SET state = 'ready', path = ${path}, bytes = ${bytes}, sha256 = ${sha256}, rows = ${rows}, total_rows = ${rows},
      told = ${JSON.stringify(contents)}::jsonb, phase = NULL, lost = 0, heartbeat_at = NULL, ended_at = clock_timestamp()
    WHERE id = ${id}::uuid AND attempt = ${attempt} AND state = 'working'`;
  return count > 0;
}

/** In the transaction that makes the project. @returns whether it is still this worker's to make. */
export async function finishBrought(
  client: pg.ClientBase,
  { id, attempt }: HeldArchive,
  { projectId, rows, receipt }: { projectId: string; rows: number; receipt: ArchiveReceipt },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE project_archive SET state = 'ready', project_id = $3, rows = $4, total_rows = $4, told = $5, phase = NULL, lost = 0,
       to_clear = NULL, heartbeat_at = NULL, ended_at = clock_timestamp()
     WHERE id = $1 AND attempt = $2 AND state = 'working'`,
    [id, attempt, projectId, rows, JSON.stringify(receipt)],
  );
  return rowCount === 1;
}

/** Puts it back, so that the next worker need not wait for the heartbeat to age. */
export async function returnArchive(db: Database, { id, attempt }: HeldArchive, rest: boolean): Promise<void> {
  await db.$executeRaw`
    UPDATE project_archive SET state = 'waiting', heartbeat_at = NULL, lost = greatest(0, lost - 1), phase = NULL,
      not_before = CASE WHEN ${rest} THEN now() + make_interval(secs => ${restSeconds}) END
    WHERE id = ${id}::uuid AND attempt = ${attempt} AND state = 'working'`;
}

/** Why it is not done; it is not tried again by itself. @returns whether it was still this worker's. */
export async function failArchive(db: Database, held: HeldArchive, error: DomainError): Promise<boolean> {
  const { id, attempt } = held;
  const count = await db.$executeRaw`
    UPDATE project_archive SET state = 'failed', heartbeat_at = NULL, lost = 0, phase = NULL,
      problem = ${JSON.stringify(problemOf(error, id))}::jsonb, ended_at = clock_timestamp()
    WHERE id = ${id}::uuid AND attempt = ${attempt} AND state = 'working'`;
  return count > 0;
}

/** As a request would be told of it; what is kept of one that nobody waits for. */
function problemOf({ code, message, reason, values, issues, path }: DomainError, requestId: string) {
  const { status, title } = problems[code];
  const type = `urn:touchstone:problem:${code}`;
  return { type, code, title, status, detail: message, requestId, path, issues, reason, values };
}
