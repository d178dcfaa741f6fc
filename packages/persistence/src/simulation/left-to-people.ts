import { isLeftToPeople, Questions } from "@touchstone/contracts";
import type { Database } from "../client.ts";

/** The open tasks of a project, and how many of them simulated annotators will pass by. */
export async function openTasksByAnswerer(
  db: Database,
  projectId: string,
): Promise<{ total: number; leftToPeople: number }> {
  const asked = await db.questionnaire.findMany({
    where: { projectId },
    select: { questions: true, _count: { select: { tasks: { where: { state: "open" } } } } },
  });
  const counts = asked.map(({ questions, _count }) => ({ questions: Questions.parse(questions), open: _count.tasks }));
  const sum = (some: typeof counts) => some.reduce((total, { open }) => total + open, 0);
  return { total: sum(counts), leftToPeople: sum(counts.filter(({ questions }) => isLeftToPeople(questions))) };
}

/** How many tasks members have passed by since a run began, over all workers that have had it. */
export async function countPassedBy(
  db: Database,
  projectId: string,
  memberIds: readonly string[],
  since: Date,
): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(DISTINCT task_id)::int AS count FROM lease
    WHERE project_id = ${projectId}::uuid AND member_id = ANY (${[...memberIds]}::uuid[]) AND state = 'skipped'
      AND skipped_at >= ${since}`;
  return row?.count ?? 0;
}
