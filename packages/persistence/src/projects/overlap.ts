import type { OverlapPreview } from "@touchstone/contracts";
import type { Database } from "../client.ts";
import { assertProject } from "./queries.ts";

/**
 * What another number of judgements per task would do at this moment; nothing is changed. Tasks of an evaluation and
 * paused tasks are not counted: the former keep their number, the latter stay closed.
 *
 * @throws DomainError not_found, also for a project of another workspace.
 */
export async function previewOverlap(
  db: Database,
  workspaceId: string,
  id: string,
  overlap: number,
): Promise<OverlapPreview> {
  await assertProject(db, workspaceId, id);
  const [counts] = await db.$queryRaw<OverlapPreview[]>`
    WITH taken AS (
      SELECT t.id, t.state, count(l.id) AS slots, greatest(${overlap}::int, max(l.slot)) AS needed FROM task t
      LEFT JOIN lease l ON l.task_id = t.id AND l.state IN ('held', 'judged') AND l.slot > 0
      WHERE t.project_id = ${id}::uuid AND t.evaluation_id IS NULL AND t.state NOT IN ('paused', 'waiting', 'ended') GROUP BY t.id)
    SELECT
      count(*) FILTER (WHERE state = 'full' AND slots < needed)::int AS reopened,
      count(*) FILTER (WHERE state = 'open' AND slots >= needed)::int AS closed,
      count(*) FILTER (WHERE needed > ${overlap}::int)::int AS above
    FROM taken`;
  return counts ?? { reopened: 0, closed: 0, above: 0 };
}

const tasksAtOnce = 500;

/** Gives the tasks of a project, but those of evaluations, another number of judgements each. */
export async function giveTasksOverlap(db: Database, projectId: string, overlap: number): Promise<void> {
  const tasks = await db.task.findMany({
    where: { projectId, evaluationId: null },
    select: { id: true },
    orderBy: { id: "asc" },
  });
  const ids = tasks.map(({ id }) => id);
  for (let start = 0; start < ids.length; start += tasksAtOnce) {
    const some = ids.slice(start, start + tasksAtOnce);
    const changed = new Set(await changeOverlap(db, some, overlap, "passBusy"));
    for (const id of some) if (!changed.has(id)) await changeOverlap(db, [id], overlap, "wait");
  }
}

async function changeOverlap(db: Database, tasks: string[], overlap: number, busy: "passBusy" | "wait") {
  const [row] = await db.$queryRaw<{ changed: string[] }[]>`
    SELECT change_overlap(${tasks}::uuid[], ${overlap}::int, ${busy === "wait"}) AS changed`;
  return row?.changed ?? [];
}
