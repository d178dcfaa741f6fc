import type { Database } from "../client.ts";
import { Prisma } from "../generated/client.ts";
import { type FrozenJudgement, readJudgementsBy } from "./read-judgements.ts";

/** Prompts whose judgements are read after each other: few statements where each has a handful, and little to keep. */
const promptsAtOnce = 300;

/**
 * The judgements of a project some prompts at a time, in the order of the prompts' ids, so that whoever puts the judgements
 * of a prompt together keeps those of a few at most. Of each part they come in the order of their own ids, in batches.
 *
 * @param among which judgements are read, as a condition on a `task` t and a `judgement` j.
 */
export async function* readByPrompts(
  db: Database,
  projectId: string,
  among: Prisma.Sql,
): AsyncGenerator<AsyncGenerator<FrozenJudgement[]>> {
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const prompts = await db.prompt.findMany({
      where: { projectId, id: { gt: after } },
      orderBy: { id: "asc" },
      take: promptsAtOnce,
      select: { id: true },
    });
    const last = prompts.at(-1);
    if (last === undefined) return;
    after = last.id;
    yield readJudgementsBy(
      db,
      idsOf(
        projectId,
        prompts.map(({ id }) => id),
        among,
      ),
    );
  }
}

/** Chosen first and put in order after: the order of all judgements is no way to find those of a few prompts. */
function idsOf(projectId: string, promptIds: readonly string[], among: Prisma.Sql) {
  return (after: string, size: number) => Prisma.sql`
    WITH chosen AS MATERIALIZED (
      SELECT j.id FROM task t JOIN judgement j ON j.task_id = t.id
      WHERE t.project_id = ${projectId}::uuid AND t.prompt_id = ANY (${promptIds}::uuid[]) AND ${among}
    )
    SELECT id FROM chosen WHERE id > ${after}::uuid ORDER BY id LIMIT ${size}`;
}

/** Those of a label set. */
export const ofLabelSet = (labelSetId: string): Prisma.Sql =>
  Prisma.sql`EXISTS (SELECT FROM label_set_item i WHERE i.label_set_id = ${labelSetId}::uuid AND i.judgement_id = j.id)`;

/** Those that count at the moment. */
export const counting = (includeSimulated: boolean): Prisma.Sql =>
  Prisma.sql`EXISTS (SELECT FROM effective_judgement e WHERE e.id = j.id AND (${includeSimulated} OR e.source <> 'simulated'))`;
