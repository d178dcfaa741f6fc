import { refused, type SpoolOrigin } from "@touchstone/contracts";
import type pg from "pg";
import type { MemberActor } from "../audit/record.ts";
import { clientTransaction } from "../client-transaction.ts";
import { projectArchived } from "../projects/archived.ts";
import { type SpooledFile, type SpoolLimits, spooledColumns, toSpooledFile } from "./spooled-file.ts";

export interface SpooledDraft {
  readonly origin: SpoolOrigin;
  readonly name: string;
  readonly place?: string;
  /** Null where whoever sends it does not say. */
  readonly bytes: number | null;
  /** Of a file that is read in place, which is there already. */
  readonly inPlace?: { readonly stamp: string; readonly sha256: string };
}

/**
 * Takes note of a file that is about to come, and keeps room for it.
 *
 * @param projectId null for the copy of a whole project, which is of none yet
 * @throws DomainError not_found, project_archived, body_too_large where it is larger than a file may be or than there is room.
 */
export async function beginSpooled(
  pool: pg.Pool,
  who: MemberActor,
  projectId: string | null,
  draft: SpooledDraft,
  limits: SpoolLimits,
): Promise<SpooledFile> {
  if (draft.bytes !== null && draft.bytes > limits.largest) throw refused("uploadTooLarge", { limit: limits.largest });
  return clientTransaction(pool, async (client) => {
    // Room is counted by one at a time.
    await client.query("SELECT pg_advisory_xact_lock(hashtextextended('spool ' || $1, 0))", [who.workspaceId]);
    if (projectId !== null) await assertOpen(client, who.workspaceId, projectId);
    if (!draft.inPlace) await assertRoom(client, who.workspaceId, draft.bytes ?? 0, limits);
    const { stamp = null, sha256 = null } = draft.inPlace ?? {};
    const { rows } = await client.query(
      `WITH f AS (INSERT INTO spooled_file
         (workspace_id, project_id, member_id, origin, name, place, bytes, received, state, stamp, sha256, beat_at, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN $9::text IS NULL THEN 0 ELSE $7::bigint END,
         CASE WHEN $9::text IS NULL THEN 'arriving' ELSE 'ready' END, $8, $9, clock_timestamp(),
         clock_timestamp() + $10::float8 * interval '1 ms') RETURNING *)
       SELECT ${spooledColumns} FROM f`,
      [
        ...[who.workspaceId, projectId, who.id, draft.origin, draft.name, draft.place ?? null, draft.bytes],
        ...[stamp, sha256, limits.keptMs],
      ],
    );
    return toSpooledFile(rows[0]);
  });
}

async function assertOpen(client: pg.ClientBase, workspaceId: string, projectId: string): Promise<void> {
  const { rows } = await client.query<{ state: string }>(
    "SELECT state FROM project WHERE workspace_id = $1 AND id = $2 FOR KEY SHARE",
    [workspaceId, projectId],
  );
  const [project] = rows;
  if (!project) throw refused("notThere", { kind: "project" });
  if (project.state === "archived") throw projectArchived();
}

/** Bytes that the files of a workspace take or have been promised; those read in place take none. */
export async function spoolUsed(db: pg.Pool | pg.ClientBase, workspaceId: string): Promise<number> {
  const { rows } = await db.query<{ used: number }>(
    `SELECT coalesce(sum(greatest(received, CASE WHEN state = 'arriving' THEN bytes END)), 0)::float8 AS used
     FROM spooled_file WHERE workspace_id = $1 AND stamp IS NULL`,
    [workspaceId],
  );
  return rows[0]?.used ?? 0;
}

/** @throws DomainError body_too_large where so many bytes more do not fit. */
export async function assertRoom(
  db: pg.Pool | pg.ClientBase,
  workspaceId: string,
  bytes: number,
  limits: SpoolLimits,
): Promise<void> {
  const used = await spoolUsed(db, workspaceId);
  if (used + bytes > limits.bytes) throw refused("spoolFull", { used, limit: limits.bytes, bytes });
}
