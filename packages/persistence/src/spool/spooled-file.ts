import { Problem, SpooledFileView } from "@touchstone/contracts";
import type pg from "pg";
import { z } from "zod";
import type { FileStore } from "../files/file-store.ts";

/** Where the rows and the bytes of brought files lie. */
export interface SpoolStores {
  readonly pool: pg.Pool;
  readonly files: FileStore;
}

export interface SpoolLimits {
  /** What the files of a workspace may take together. */
  readonly bytes: number;
  /** What one may have. */
  readonly largest: number;
  /** How long one stays that nobody uses. */
  readonly keptMs: number;
}

/** Which file, and whose. */
export interface SpooledKey {
  readonly workspaceId: string;
  /** Null for the copy of a whole project, which is of none yet. */
  readonly projectId: string | null;
  readonly id: string;
}

/** A brought file with what pages do not see. */
export interface SpooledFile extends SpooledKey {
  readonly view: SpooledFileView;
  /** What a file that is read in place looked like when it was chosen; null for one whose bytes are kept here. */
  readonly stamp: string | null;
}

export const spooledColumns = `f.id, f.workspace_id AS "workspaceId", f.project_id AS "projectId", f.origin, f.name, f.place,
  f.bytes::float8 AS bytes, f.received::float8 AS received, f.state, f.sha256, f.stamp, f.problem, f.stamp IS NOT NULL AS "inPlace",
  EXISTS (SELECT FROM import_job j WHERE j.project_id = f.project_id AND j.file_id = f.id AND j.state = 'done') AS imported,
  f.created_at AS "createdAt", f.expires_at AS "expiresAt",
  (SELECT m.name FROM member m WHERE m.workspace_id = f.workspace_id AND m.id = f.member_id) AS "memberName"`;

/** Whether a worker has the file to make a project of, or is to. */
export const inArchive = `EXISTS (SELECT FROM project_archive a
  WHERE a.workspace_id = f.workspace_id AND a.file_id = f.id AND a.state IN ('waiting', 'working'))`;

const Row = z.object({
  id: z.string(),
  workspaceId: z.string(),
  projectId: z.string().nullable(),
  origin: z.string(),
  name: z.string(),
  place: z.string().nullable(),
  bytes: z.number().nullable(),
  received: z.number(),
  state: z.string(),
  sha256: z.string().nullable(),
  stamp: z.string().nullable(),
  inPlace: z.boolean(),
  problem: Problem.nullable(),
  imported: z.boolean(),
  createdAt: z.date(),
  expiresAt: z.date(),
  memberName: z.string().nullable(),
});

export function toSpooledFile(row: unknown): SpooledFile {
  const { workspaceId, projectId, stamp, createdAt, expiresAt, ...rest } = Row.parse(row);
  const times = { createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
  return { id: rest.id, workspaceId, projectId, stamp, view: SpooledFileView.parse({ ...rest, ...times }) };
}

/** Below which the pieces of a file lie. */
export function spoolFolder({ workspaceId, projectId, id }: SpooledKey): string {
  return `spool/${workspaceId}/${projectId ?? "archives"}/${id}`;
}
