import { ImportJobView } from "@touchstone/contracts";
import { z } from "zod";

export const jobColumns = `j.id, j.workspace_id AS "workspaceId", j.project_id AS "projectId", j.file_id AS "fileId",
  j.file_name AS "fileName", j.query, j.state, j.phase, j.bytes_read::float8 AS "bytesRead", j.bytes::float8 AS bytes,
  j.rows_read AS "rowsRead", j.rows, j.step, j.steps, j.result, j.problem, j.created_at AS "createdAt",
  j.ended_at AS "endedAt",
  EXISTS (SELECT FROM spooled_file f WHERE f.workspace_id = j.workspace_id AND f.id = j.file_id) AS "fileKept",
  (SELECT m.name FROM member m WHERE m.workspace_id = j.workspace_id AND m.id = j.member_id) AS "memberName"`;

const Row = z.looseObject({ createdAt: z.date(), endedAt: z.date().nullable() });

export function toJobView(row: unknown): ImportJobView {
  const { createdAt, endedAt, ...rest } = Row.parse(row);
  const times = { createdAt: createdAt.toISOString(), endedAt: endedAt?.toISOString() ?? null };
  return ImportJobView.parse({ ...rest, ...times });
}
