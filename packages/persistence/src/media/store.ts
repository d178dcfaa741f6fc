import { createHash } from "node:crypto";
import { type AuditDetail, type MediaRef, refused } from "@touchstone/contracts";
import { type MediaLook, mediaId } from "@touchstone/datasets";
import type pg from "pg";
import { type MemberActor, recordAuditBy } from "../audit/record.ts";
import { clientTransaction } from "../client-transaction.ts";
import type { FileStore } from "../files/file-store.ts";
import { projectArchived } from "../projects/archived.ts";
import { mediaKey } from "./media-key.ts";
import { MediaRow, mediaColumns, toMediaRef } from "./view.ts";

/** A file that was looked at. */
export interface NewMedia {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly look: MediaLook;
}

/** What a workspace's pictures and sounds may take in all. */
export interface MediaLimits {
  readonly bytes: number;
}

/** Of one project: the names of all of them are looked at when an import is read. */
export const mostMediaOfProject = 20_000;

/**
 * Keeps a picture or a sound of a project. The bytes are in the file store before the row is there to be found, and a row
 * that fails leaves bytes that nobody finds and that the next upload of the same file uses. The same bytes are one file,
 * under as many names as they come by.
 *
 * @throws DomainError not_found, project_archived, conflict (the name is another file's, or there are too many),
 * body_too_large (the workspace's room is taken).
 */
export async function storeMedia(
  { pool, files }: { readonly pool: pg.Pool; readonly files: FileStore },
  who: MemberActor,
  projectId: string,
  media: NewMedia,
  limits: MediaLimits,
): Promise<MediaRef> {
  const sha256 = createHash("sha256").update(media.bytes).digest("hex");
  const scope = { workspaceId: who.workspaceId, projectId, sha256 };
  return clientTransaction(pool, async (client) => {
    await lockMedia(client, who.workspaceId);
    await assertProject(client, scope);
    const former = await findByContent(client, scope);
    await assertNameFree(client, scope, media.name);
    if (former === undefined) {
      await assertRoom(client, scope, media.bytes.length, limits);
      await files.put(mediaKey(scope), media.bytes);
      const row = await insert(client, who, scope, media);
      const { name, look } = media;
      const told: AuditDetail = { projectId, name, type: look.type, bytes: media.bytes.length };
      await recordAuditBy(client, who, "media.uploaded", row.id, told);
      return toMediaRef(row);
    }
    if (!former.names.includes(media.name)) {
      await client.query("UPDATE media SET names = names || $2::text WHERE id = $1", [former.id, media.name]);
    }
    return toMediaRef(former, media.name);
  });
}

/**
 * Files of a workspace come and go one after another: their room is counted, and a file that is being deleted can't be the
 * one that an upload has just found.
 */
export async function lockMedia(client: pg.ClientBase, workspaceId: string): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended('media ' || $1, 0))", [workspaceId]);
}

interface Scope {
  readonly workspaceId: string;
  readonly projectId: string;
  readonly sha256: string;
}

async function assertProject(client: pg.ClientBase, { workspaceId, projectId }: Scope): Promise<void> {
  const { rows } = await client.query<{ state: string }>(
    "SELECT state FROM project WHERE workspace_id = $1 AND id = $2",
    [workspaceId, projectId],
  );
  const [project] = rows;
  if (!project) throw refused("notThere", { kind: "project" });
  if (project.state === "archived") throw projectArchived();
}

async function findByContent(client: pg.ClientBase, { projectId, sha256 }: Scope): Promise<MediaRow | undefined> {
  const { rows } = await client.query(`SELECT ${mediaColumns} FROM media WHERE project_id = $1 AND sha256 = $2`, [
    projectId,
    sha256,
  ]);
  return rows[0] === undefined ? undefined : MediaRow.parse(rows[0]);
}

/** Rows name files by their names, so one name is one file. */
async function assertNameFree(client: pg.ClientBase, { projectId, sha256 }: Scope, name: string): Promise<void> {
  const { rowCount } = await client.query(
    "SELECT FROM media WHERE project_id = $1 AND names @> ARRAY[$2::text] AND sha256 <> $3",
    [projectId, name, sha256],
  );
  if (rowCount) throw refused("mediaNameTaken", { name, at: "query.name" });
}

async function assertRoom(client: pg.ClientBase, scope: Scope, bytes: number, limits: MediaLimits): Promise<void> {
  const { rows } = await client.query<{ used: number; count: number }>(
    `SELECT coalesce(sum(bytes), 0)::float8 AS used, (count(*) FILTER (WHERE project_id = $2))::int AS count
     FROM media WHERE workspace_id = $1`,
    [scope.workspaceId, scope.projectId],
  );
  const { used = 0, count = 0 } = rows[0] ?? {};
  if (count >= mostMediaOfProject) throw refused("mediaTooMany", { limit: mostMediaOfProject });
  if (used + bytes > limits.bytes) throw refused("mediaQuota", { used, limit: limits.bytes, bytes });
}

async function insert(
  client: pg.ClientBase,
  who: MemberActor,
  { workspaceId, projectId, sha256 }: Scope,
  { name, bytes, look }: NewMedia,
): Promise<MediaRow> {
  const { type, width = null, height = null, seconds = null } = look;
  const { rows } = await client.query(
    `INSERT INTO media (id, workspace_id, project_id, sha256, type, bytes, width, height, seconds, names, created_by_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, ARRAY[$10::text], $11) RETURNING ${mediaColumns}`,
    [
      mediaId(projectId, sha256),
      workspaceId,
      projectId,
      sha256,
      type,
      bytes.length,
      width,
      height,
      seconds,
      name,
      who.id,
    ],
  );
  return MediaRow.parse(rows[0]);
}
