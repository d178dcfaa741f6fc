import { type Annotator, claimTasks, type OpenDatabase, openDatabase, submitJudgement } from "@touchstone/persistence";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "../harness/database.ts";
import { type Explained, explained } from "../harness/explained.ts";
import { type LabellingProject, labellingProject, submissionFor } from "../harness/labelling-project.ts";

const tasks = 20_000;
let database: TestDatabase;
let open: OpenDatabase;
let project: LabellingProject;

beforeAll(async () => {
  database = await freshDatabase();
  open = openDatabase(database.url);
  // Not analysed: right after an import, when the planner knows nothing, is when the plan must hold.
  project = await labellingProject(open.db, { tasks, overlap: 3, annotators: 3 });
});
afterAll(async () => {
  await open.close();
  await database.drop();
});

const annotator = (place: number): Annotator => {
  const found = project.annotators[place];
  if (!found) throw new Error("no such annotator");
  return found;
};
const explainClaim = (who: Annotator) =>
  explained(database.url, "SELECT allowed FROM claim_tasks($1, $2, $3, 1, false)", [
    project.workspaceId,
    project.projectId,
    who.memberId,
  ]);
/** The claim locks the task it takes; nothing else in it locks rows by the walk. */
const walks = (statements: Explained[]) => statements.filter(({ text }) => text.includes("SKIP LOCKED"));
const blocksOf = (statements: Explained[]) => statements.reduce((sum, { blocks }) => sum + blocks, 0);

/** As if somebody had judged the first so many tasks of the walk. */
async function judgedAhead({ memberId }: Annotator, count: number): Promise<void> {
  await open.db.$executeRaw`
    WITH done AS (
      SELECT t.* FROM task t WHERE t.project_id = ${project.projectId}::uuid ORDER BY t.batch, t.sort_key LIMIT ${count}::int),
    leases AS (
      INSERT INTO lease (workspace_id, project_id, task_id, member_id, slot, token, state, shown_order, guideline_id, expires_at)
      SELECT d.workspace_id, d.project_id, d.id, ${memberId}::uuid, 3, repeat('0', 32), 'judged', '{0,1}', g.id, now()
      FROM done d JOIN guideline g ON g.project_id = d.project_id)
    INSERT INTO cursor (member_id, project_id, batch, sort_key)
    SELECT ${memberId}::uuid, project_id, batch, max(sort_key) FROM done GROUP BY project_id, batch`;
}

describe("the claim", () => {
  it("walks the partial index of open tasks in order and sorts nothing, without statistics too", async () => {
    const [walk, ...more] = walks(await explainClaim(annotator(0)));
    expect(more).toEqual([]);
    expect(walk?.nodes.map((node) => node["Node Type"])).toEqual([
      "Limit",
      "LockRows",
      "Index Scan",
      "Limit",
      "Index Only Scan",
    ]);
    expect(walk?.nodes.flatMap((node) => node["Index Name"] ?? [])).toEqual(["task_open", "lease_member_task"]);
  });

  it("costs an annotator who is 15,000 tasks ahead as little as a fresh one", async () => {
    await judgedAhead(annotator(1), 15_000);
    const fresh = await explainClaim(annotator(2));
    const ahead = await explainClaim(annotator(1));
    const passedBy = walks(ahead).flatMap(({ nodes }) => nodes.map((node) => node["Rows Removed by Filter"] ?? 0));
    expect(Math.max(...passedBy)).toBe(0);
    expect(blocksOf(ahead)).toBeLessThan(1.5 * blocksOf(fresh));
  });

  it("scans no table that grows with the work", async () => {
    const scanned = (await explainClaim(annotator(2))).flatMap(({ nodes }) =>
      nodes.filter((node) => node["Node Type"] === "Seq Scan").map((node) => node["Relation Name"]),
    );
    expect(scanned.filter((name) => name === "task" || name === "lease" || name === "judgement")).toEqual([]);
  });
});

describe("a submit that is not the last of its task", () => {
  it("leaves the task's row as it was: no counter, no dead tuple", async () => {
    const { workspaceId, projectId } = await labellingProject(open.db, { tasks: 1, overlap: 3, annotators: 0 });
    const [who] = await open.db.member.createManyAndReturn({ data: [{ workspaceId, role: "annotator", name: "B" }] });
    if (!who) throw new Error("no member");
    const worker = { workspaceId, memberId: who.id };
    const version = () =>
      open.db.$queryRaw`SELECT xmin::text, ctid::text FROM task WHERE project_id = ${projectId}::uuid`;
    const before = await version();
    const [task] = (await claimTasks(open.db, { ...worker, projectId, count: 1 })).tasks;
    if (!task) throw new Error("no task");
    await submitJudgement(open.db, worker, submissionFor(task));
    expect(await version()).toEqual(before);
  });
});
