import { Questions, type StandingQuery } from "@touchstone/contracts";
import { ordersAnswers } from "@touchstone/labeling";
import type { Database } from "../client.ts";
import { pairIsOpen } from "../evaluations/open-pairs.ts";
import { Prisma } from "../generated/client.ts";

export interface Scope {
  readonly workspaceId: string;
  readonly projectId: string;
}

/** A questionnaire with the questions that order answers, and with all of them. */
export interface OrderingQuestionnaire {
  readonly name: string;
  readonly ordering: Questions;
  readonly questions: Questions;
}

/** The questionnaires of a project whose answers can tell which model wins, by id. */
export async function orderingQuestionnaires(
  db: Database,
  projectId: string,
  { question, asked }: Pick<StandingQuery, "question" | "asked">,
): Promise<ReadonlyMap<string, OrderingQuestionnaire>> {
  const rows = await db.questionnaire.findMany({
    where: { projectId, ...(question === undefined ? {} : { name: question }) },
    select: { id: true, name: true, questions: true },
    orderBy: [{ name: "asc" }, { version: "desc" }],
  });
  const all = rows.map(({ id, name, ...row }): [string, OrderingQuestionnaire] => {
    const questions = Questions.parse(row.questions);
    const ordering = questions.filter((one) => ordersAnswers(one.kind) && (asked === undefined || one.name === asked));
    return [id, { name, ordering, questions }];
  });
  return new Map(all.filter(([, { ordering }]) => ordering.length > 0));
}

/** Where the answers of a task come from, as Browse tells it. */
const originOfTask = Prisma.sql`CASE WHEN t.reason = 'arena' THEN 'arena' WHEN t.evaluation_id IS NOT NULL THEN 'evaluation'
  WHEN EXISTS (SELECT FROM completion c WHERE c.id = ANY (t.completion_ids) AND c.run_id IS NOT NULL) THEN 'run'
  WHEN t.import_id IS NOT NULL THEN 'import' ELSE 'other' END`;

/**
 * The judgements of a view that fit a query, as what follows FROM: `e` the judgement, `t` its task, `p` its prompt, `m` who
 * made it. Simulated ones and those of open pairs are among them.
 *
 * @param judgements those that count, or with them those that somebody left out.
 */
export function judgementsFor(
  judgements: "effective_judgement" | "standing_judgement",
  { workspaceId, projectId }: Scope,
  query: StandingQuery,
): Prisma.Sql {
  const { question, language, origin, import: importId, evaluation, split, batch, group, from, to } = query;
  const conditions = [
    Prisma.sql`e.workspace_id = ${workspaceId}::uuid AND e.project_id = ${projectId}::uuid`,
    question === undefined ? null : Prisma.sql`q.name = ${question}`,
    language === undefined ? null : Prisma.sql`lower(p.language) = ${language.toLowerCase()}`,
    origin === undefined ? null : Prisma.sql`${originOfTask} = ${origin}`,
    importId === undefined ? null : Prisma.sql`t.import_id = ${importId}::uuid`,
    evaluation === undefined ? null : Prisma.sql`t.evaluation_id = ${evaluation}::uuid`,
    split === undefined ? null : Prisma.sql`p.split = ${split}::split`,
    batch === undefined ? null : Prisma.sql`t.batch = ${batch}::int`,
    group === undefined ? null : Prisma.sql`${group} = ANY (m.groups)`,
    from === undefined ? null : Prisma.sql`e.created_at >= ${new Date(from)}`,
    to === undefined ? null : Prisma.sql`e.created_at < ${new Date(to)}`,
  ].filter((condition) => condition !== null);
  return Prisma.sql`${Prisma.raw(judgements)} e
    JOIN task t ON t.id = e.task_id JOIN prompt p ON p.id = t.prompt_id
    JOIN questionnaire q ON q.id = t.questionnaire_id JOIN member m ON m.id = e.member_id
    WHERE ${Prisma.join(conditions, " AND ")}`;
}

/**
 * The pairs of evaluations of a project that are open: what is said of them stays out of every figure until it can't change
 * any more, or it would tell whoever gave an answer which model they chose.
 */
export const openPairsOf = ({ projectId }: Scope): Prisma.Sql => Prisma.sql`
  SELECT t.id FROM task t WHERE t.project_id = ${projectId}::uuid AND t.evaluation_id IS NOT NULL AND ${pairIsOpen}`;

/** What a judgement is told apart by, as text; null of one that has none. Of groups a judgement has as many as whoever made it. */
export function sliceOf(by: NonNullable<StandingQuery["by"]>): Prisma.Sql {
  switch (by) {
    case "question":
      return Prisma.sql`q.name`;
    case "language":
      return Prisma.sql`nullif(lower(p.language), '')`;
    case "origin":
      return originOfTask;
    case "split":
      return Prisma.sql`p.split::text`;
    case "batch":
      return Prisma.sql`t.batch::text`;
    case "asked":
    case "group":
      return Prisma.sql`NULL::text`;
  }
}
