import { DomainError, type ProjectHandle } from "@touchstone/contracts";
import type pg from "pg";
import { hashSecret } from "../people/secrets.ts";

/** The table whose rows a handle is an id of; each has the project that its rows belong to. */
const tables = {
  import: "import",
  lease: "lease",
  judgement: "judgement",
  media: "media",
  run: "run",
  evaluation: "evaluation",
  schedule: "schedule",
  labelSet: "label_set",
  link: "link",
  savedView: "saved_view",
} as const satisfies Partial<Record<ProjectHandle, string>>;

const archived = "project.state = 'archived'";
const ofWorkspace = "project.workspace_id = $2::uuid";

function statementFor(handle: ProjectHandle): string {
  if (handle === "project") return `SELECT FROM project WHERE id = $1::uuid AND ${ofWorkspace} AND ${archived}`;
  const joined = (table: string, on: string) =>
    `SELECT FROM ${table} held JOIN project ON project.id = held.project_id WHERE held.${on} AND ${archived}`;
  // Whoever holds a link may be of another workspace, or of none yet.
  if (handle === "linkToken") return joined("link", "hash = $1");
  return `${joined(tables[handle], "id = $1::uuid")} AND ${ofWorkspace}`;
}

export function projectArchived(): DomainError {
  const cure = "An administrator can restore it in its settings (PATCH /api/projects/:id with state “active”).";
  return new DomainError("project_archived", `This project is archived, so it can only be read. ${cure}`);
}

/**
 * Whether the project that a request writes into is archived. Of what is not there, or of another workspace, it is not:
 * it is not found a moment later.
 */
export async function isProjectArchived(
  pool: pg.Pool,
  workspaceId: string | undefined,
  { handle, value }: { readonly handle: ProjectHandle; readonly value: string },
): Promise<boolean> {
  // Prepared once a connection, for it stands before every judgement.
  const text = statementFor(handle);
  const values = handle === "linkToken" ? [hashSecret(value)] : [value, workspaceId];
  const { rowCount } = await pool.query({ name: `archived ${handle}`, text, values });
  return rowCount !== 0;
}
