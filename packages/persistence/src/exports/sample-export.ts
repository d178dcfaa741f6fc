import type { ExportFormat, QuestionKind } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { readJudgementsBy } from "../label-sets/read-judgements.ts";
import { assertProject } from "../projects/queries.ts";
import { type ExportRows, exportRows } from "./export-rows.ts";

/** So many prompts' judgements show what rows look like; of each prompt all, so that its best-liked answer is the real one. */
const sampledPrompts = 20;

/**
 * The rows of an export that come of the prompts judged first, read now: nothing is frozen.
 *
 * @throws DomainError not_found.
 */
export async function sampleExport(
  db: Database,
  scope: { workspaceId: string; projectId: string; includeSimulated: boolean },
  format: ExportFormat,
): Promise<ExportRows> {
  const { workspaceId, projectId, includeSimulated } = scope;
  await assertProject(db, workspaceId, projectId);
  const counting = Prisma.sql`effective_judgement e
    WHERE e.workspace_id = ${workspaceId}::uuid AND e.project_id = ${projectId}::uuid
      AND (${includeSimulated} OR e.source <> 'simulated')`;
  const prompts = await db.$queryRaw<{ id: string }[]>`
    SELECT e.prompt_id AS id FROM ${counting} AND ${askedBy(format)}
    GROUP BY e.prompt_id ORDER BY min(e.id::text) LIMIT ${sampledPrompts}`;
  const promptIds = prompts.map(({ id }) => id);
  return exportRows(db, scope, () =>
    readJudgementsBy(
      db,
      (after, size) => Prisma.sql`
        SELECT e.id FROM ${counting} AND e.prompt_id = ANY (${promptIds}::uuid[]) AND e.id > ${after}::uuid
        ORDER BY e.id LIMIT ${size}`,
    ),
  );
}

/** Which judgements a format has rows of. */
function askedBy(format: ExportFormat): Prisma.Sql {
  switch (format) {
    case "trl-preference":
      return asks("preference");
    case "ratings":
      return asks("rating");
    case "sft-messages":
    case "judgements":
      return Prisma.sql`true`;
  }
}

function asks(kind: QuestionKind): Prisma.Sql {
  return Prisma.sql`e.questions @> ${JSON.stringify([{ kind }])}::jsonb`;
}
