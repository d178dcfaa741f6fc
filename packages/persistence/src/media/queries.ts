import { type MediaRef, type MediaView, type Role, refused } from "@touchstone/contracts";
import type pg from "pg";
import { MediaRow, mediaColumns, toMediaRef } from "./view.ts";

interface Asking {
  readonly workspaceId: string;
  readonly id: string;
  readonly role: Role;
}

/** Whether a member was let into the project that has the file, or into one whose rows show it, as a copy's do. */
const letIn = `EXISTS (SELECT FROM project_access a WHERE a.member_id = $3 AND (a.project_id = media.project_id
  OR a.project_id IN (
    SELECT p.project_id FROM media_use u LEFT JOIN completion c ON c.id = u.completion_id
    JOIN prompt p ON p.id = coalesce(u.prompt_id, c.prompt_id) WHERE u.media_id = media.id)))`;

/**
 * A picture or a sound, for the people of its project: those of its workspace, and of its annotators those whom no open link
 * has led to other projects alone.
 *
 * @throws DomainError not_found, whether it is not there or not theirs.
 */
export async function findMedia(pool: pg.Pool, who: Asking, id: string): Promise<MediaRow> {
  const { rows } = await pool.query({
    name: "media for a member",
    text: `SELECT ${mediaColumns} FROM media WHERE id = $1 AND workspace_id = $2 AND ($4 <> 'annotator'
      OR ${letIn}
      OR NOT EXISTS (SELECT FROM member m WHERE m.id = $3 AND m.confined))`,
    values: [id, who.workspaceId, who.id, who.role],
  });
  if (rows[0] === undefined) throw refused("notYours", { kind: "media" });
  return MediaRow.parse(rows[0]);
}

export interface MediaPage {
  readonly items: MediaView[];
  readonly next: string | null;
  readonly used: number;
}

/** A page of a project's files by their first names, and what all of the workspace take. */
export async function listMedia(
  pool: pg.Pool,
  { workspaceId, projectId }: { readonly workspaceId: string; readonly projectId: string },
  { after = "", limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<MediaPage> {
  const { rows } = await pool.query<{ uses: number }>(
    `SELECT ${mediaColumns}, (SELECT count(*)::int FROM media_use u WHERE u.media_id = media.id) AS uses
     FROM media WHERE workspace_id = $1 AND project_id = $2 AND names[1] COLLATE "C" > $3
     ORDER BY names[1] COLLATE "C" LIMIT $4`,
    [workspaceId, projectId, after, limit],
  );
  const total = await pool.query<{ used: number }>(
    "SELECT coalesce(sum(bytes), 0)::float8 AS used FROM media WHERE workspace_id = $1",
    [workspaceId],
  );
  const items = rows.map((row) => ({ ...toMediaRef(MediaRow.parse(row)), uses: row.uses }));
  const next = items.length === limit ? (items.at(-1)?.name ?? null) : null;
  return { items, next, used: total.rows[0]?.used ?? 0 };
}

/** What rows of an import can name: each file of the project under each of its names. */
export async function mediaOfProject(pool: pg.Pool, projectId: string): Promise<MediaRef[]> {
  const { rows } = await pool.query(`SELECT ${mediaColumns} FROM media WHERE project_id = $1`, [projectId]);
  return rows.flatMap((given) => {
    const row = MediaRow.parse(given);
    return row.names.map((name) => toMediaRef(row, name));
  });
}
