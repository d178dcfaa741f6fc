import type { Database, OpenDatabase } from "@touchstone/persistence";
import { judgeTasks } from "../../harness/judged-tasks.ts";
import { insertTasks, type LabellingProject, labellingProject } from "../../harness/labelling-project.ts";
import { createLogin } from "../../harness/visitor.ts";

/** Each task may be judged by so many, so that a small project outlasts the rounds. */
const overlap = 10;
/** The batch of `labellingProject`. */
const batch = 100;
/** Rows of one statement: it is one transaction, and somebody wants to see that it goes on. */
const portion = 500_000;

/** A project with so many tasks, each with a prompt and two answers of its own. */
export async function projectOf(
  db: Database,
  tasks: number,
  annotators: number,
  say: (line: string) => void,
): Promise<LabellingProject> {
  say(`loading ${tasks.toLocaleString("en")} tasks`);
  const first = Math.min(tasks, portion);
  const project = await labellingProject(db, { tasks: first, overlap, annotators });
  for (let there = first; there < tasks; ) {
    say(`${there.toLocaleString("en")} of ${tasks.toLocaleString("en")} tasks are loaded`);
    const more = Math.min(tasks - there, portion);
    await insertTasks(db, project.projectId, { tasks: more, overlap, batch });
    there += more;
  }
  return project;
}

/** An annotator who has judged the first so many tasks of a project. @returns the e-mail that they sign in with */
export async function annotatorAhead(
  db: Database,
  { workspaceId, projectId }: LabellingProject,
  judged: number,
): Promise<string> {
  const email = `ahead-${judged}@example.org`;
  const { memberId } = await createLogin(db, email, { workspaceId, role: "annotator" });
  if (judged === 0) return email;
  // The last slots, which nobody else is given before all others are.
  await db.$executeRaw`
    WITH first AS (
      SELECT t.sort_key FROM task t WHERE t.project_id = ${projectId}::uuid ORDER BY t.sort_key LIMIT ${judged}::int),
    walked AS (
      INSERT INTO cursor (member_id, project_id, batch, sort_key)
      SELECT ${memberId}::uuid, ${projectId}::uuid, ${batch}::int, max(sort_key) FROM first)
    INSERT INTO tally (member_id, project_id, day, today, total)
    VALUES (${memberId}::uuid, ${projectId}::uuid, current_date, 0, ${judged}::int)`;
  await judgeTasks(db, { projectId, memberId, slot: overlap, count: judged });
  return email;
}

/** What loading has left behind is no part of what is measured. */
export async function settle(pool: OpenDatabase["pool"]): Promise<void> {
  await pool.query("VACUUM (ANALYZE)");
  await pool.query("CHECKPOINT");
}
