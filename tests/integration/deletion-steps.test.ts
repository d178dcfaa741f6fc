import { tmpdir } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { DomainError, type JudgementReceipt } from "@touchstone/contracts";
import {
  type Annotator,
  advanceDeletion,
  deleteProject,
  deletePrompts,
  findDependants,
  freezeLabelSet,
  LocalFileStore,
  promptsOfItems,
  submitJudgement,
  wholeProject,
} from "@touchstone/persistence";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { assignmentDatabase } from "../harness/assignment-database.ts";
import { type LabellingProject, labellingProject, submissionFor } from "../harness/labelling-project.ts";

const open = assignmentDatabase(20);
let pool: pg.Pool;
beforeAll(() => {
  pool = new pg.Pool({ connectionString: open.url, max: 4 });
  // A backend that is ended on purpose.
  pool.on("error", () => undefined);
});
afterAll(() => pool.end());

const files = new LocalFileStore(`${tmpdir()}/touchstone-nothing-lies-here`);
const step = (id: string) => advanceDeletion({ pool, files }, id);

/** Until it is done; a step that waits for others is tried again, as the API does. */
async function goOn(id: string): Promise<void> {
  for (;;) {
    const came = await step(id);
    if (came === "done") return;
    if (came === "waiting") await sleep(5);
  }
}

async function adminOf({ workspaceId }: LabellingProject) {
  return open.db.member.findFirstOrThrow({
    where: { workspaceId, role: "admin" },
    select: { workspaceId: true, id: true },
  });
}

async function begin(project: LabellingProject): Promise<string> {
  const { workspaceId, projectId } = project;
  const { stamp } = await findDependants(open.db, wholeProject(workspaceId, projectId));
  return (await deleteProject(open.db, await adminOf(project), projectId, { name: "Answers", stamp })).id;
}

it("goes on where it was killed: nothing is half gone, and nothing stays", async () => {
  const project = await labellingProject(open.db, { tasks: 450, overlap: 2, annotators: 3 });
  const beside = await labellingProject(open.db, { tasks: 3, overlap: 1, annotators: 1 });
  for (const who of project.annotators) {
    const { tasks } = await open.claimFor(project, who, 2);
    for (const task of tasks) await submitJudgement(open.db, who, submissionFor(task));
  }
  const id = await begin(project);
  expect(await step(id)).toBe("more");
  const after = await open.db.task.count({ where: { projectId: project.projectId } });
  expect(after).toBeGreaterThan(0);
  expect(after).toBeLessThan(450);
  // Somebody holds one of the next tasks, so the step waits inside Postgres when its connection is ended.
  const holder = await pool.connect();
  await holder.query("BEGIN");
  await holder.query("SELECT pg_advisory_xact_lock(hashtextextended('media ' || $1, 0))", [project.workspaceId]);
  while ((await step(id)) === "more");
  const killed = step(id).catch((error: unknown) => error);
  await sleep(100);
  await pool.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%remove_prompts%' AND pid <> pg_backend_pid()",
  );
  await holder.query("ROLLBACK");
  holder.release();
  await killed;
  expect(await open.db.deletion.findUniqueOrThrow({ where: { id } })).toMatchObject({ removed: 450, finishedAt: null });
  await goOn(id);
  expect(await open.db.project.count({ where: { id: project.projectId } })).toBe(0);
  const left = await Promise.all([
    open.db.judgement.count({ where: { projectId: project.projectId } }),
    open.db.journal.count({ where: { projectId: project.projectId } }),
    open.db.prompt.count({ where: { projectId: project.projectId } }),
    open.db.completion.count({ where: { prompt: { projectId: project.projectId } } }),
  ]);
  expect(left).toEqual([0, 0, 0, 0]);
  expect(await open.db.task.count({ where: { projectId: beside.projectId } })).toBe(3);
});

it("while sixteen claim and judge, loses nothing else, and tells whoever had one of its tasks", async () => {
  const project = await labellingProject(open.db, { tasks: 200, overlap: 2, annotators: 16 });
  const { workspaceId, projectId } = project;
  const acknowledged: { receipt: JudgementReceipt; taskId: string }[] = [];
  const refusals = new Set<string>();
  const other: unknown[] = [];
  let isOver = false;
  const work = async (who: Annotator) => {
    while (!isOver) {
      try {
        const [task] = (await open.claimFor(project, who)).tasks;
        if (!task) return;
        await sleep(2);
        const receipt = await submitJudgement(open.db, who, submissionFor(task));
        acknowledged.push({ receipt, taskId: task.taskId });
      } catch (error) {
        if (error instanceof DomainError) refusals.add(error.reason ?? error.code);
        else other.push(error);
      }
    }
  };
  const atWork = Promise.all(project.annotators.map(work));
  await expect.poll(() => acknowledged.length).toBeGreaterThan(30);
  const chosen = await open.db.task.findMany({
    where: { projectId },
    take: 80,
    orderBy: { sortKey: "asc" },
    select: { id: true },
  });
  const ids = chosen.map((task) => task.id);
  const doomed = await promptsOfItems(open.db, workspaceId, projectId, { ids });
  const { stamp } = await findDependants(open.db, doomed);
  const [{ deletion }] = await Promise.all([
    deletePrompts(open.db, await adminOf(project), doomed, { prompts: 80, stamp }),
    // Whoever freezes at the same moment gets a whole set.
    freezeLabelSet(open.db, { workspaceId, projectId, includeSimulated: false }),
  ]);
  await goOn(deletion.id);
  await atWork;
  isOver = true;
  expect(other).toEqual([]);
  expect([...refusals].filter((reason) => reason !== "taskDeleted")).toEqual([]);
  expect(await open.db.task.count({ where: { projectId } })).toBe(120);
  const stayed = acknowledged.filter(({ taskId }) => !ids.includes(taskId)).map(({ receipt }) => receipt.judgementId);
  expect(await open.db.judgement.count({ where: { id: { in: stayed } } })).toBe(stayed.length);
  expect(await open.db.judgement.count({ where: { projectId } })).toBe(240);
  const sets = await open.db.labelSet.findMany({
    where: { projectId },
    include: { _count: { select: { items: true, tombstones: true } } },
  });
  expect(sets.map(({ counts, _count }) => [counts, _count.items + _count.tombstones])).toEqual(
    sets.map(({ counts }) => [counts, (counts as { judgements: number }).judgements]),
  );
});
