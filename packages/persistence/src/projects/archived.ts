import { DomainError, type ProjectHandle } from "@touchstone/contracts";
import type pg from "pg";
import { hashSecret } from "../people/secrets.ts";

/** The table whose rows a handle is an id of; each has the project that its rows belong to. */
const tables = {
  import: "import",
  lease: "lease",
  task: "task",
  judgement: "judgement",
  media: "media",
  run: "run",
  evaluation: "evaluation",
  schedule: "schedule",
  labelSet: "label_set",
  link: "link",
  savedView: "saved_view",
  webhook: "webhook",
  mapping: "import_mapping",
  spooled: "spooled_file",
  importJob: "import_job",
  model: "model_version",
  battle: "arena_battle",
} as const satisfies Partial<Record<ProjectHandle, string>>;

const barred = "(project.state = 'archived' OR project.deleted_at IS NOT NULL)";
const deleted = "project.deleted_at IS NOT NULL AS deleted";
const ofWorkspace = "project.workspace_id = $2::uuid";

function statementFor(handle: ProjectHandle): string {
  if (handle === "project")
    return `SELECT ${deleted} FROM project WHERE id = $1::uuid AND ${ofWorkspace} AND ${barred}`;
  const joined = (table: string, on: string) =>
    `SELECT ${deleted} FROM ${table} held JOIN project ON project.id = held.project_id WHERE held.${on} AND ${barred}`;
  // Whoever holds a link may be of another workspace, or of none yet.
  if (handle === "linkToken") return joined("link", "hash = $1");
  return `${joined(tables[handle], "id = $1::uuid")} AND ${ofWorkspace}`;
}

export function projectArchived(): DomainError {
  const cure = "An administrator can restore it in its settings (PATCH /api/projects/:id with state “active”).";
  return new DomainError("project_archived", `This project is archived, so it can only be read. ${cure}`);
}

/**
 * What keeps a request from the project that it names: an archived one can only be read, and one that is being deleted not
 * even that. Of what is not there, or of another workspace, it is null: it is not found a moment later.
 */
export async function projectBar(
  pool: pg.Pool,
  workspaceId: string | undefined,
  { handle, value }: { readonly handle: ProjectHandle; readonly value: string },
): Promise<"archived" | "deleted" | null> {
  // Prepared once a connection, for it stands before every judgement.
  const text = statementFor(handle);
  const values = handle === "linkToken" ? [hashSecret(value)] : [value, workspaceId];
  const { rows } = await pool.query<{ deleted: boolean }>({ name: `barred ${handle}`, text, values });
  const [row] = rows;
  if (!row) return null;
  return row.deleted ? "deleted" : "archived";
}
