import { DomainError } from "@touchstone/contracts";
import {
  changeBatch,
  changeProject,
  claimTasks,
  expireLeases,
  listBatches,
  listWork,
  submitJudgement,
} from "@touchstone/persistence";
import { expect, it } from "vitest";
import { assignmentDatabase } from "../harness/assignment-database.ts";
import { insertTasks, type LabellingProject, labellingProject, submissionFor } from "../harness/labelling-project.ts";

const open = assignmentDatabase(20);

async function twoBatches() {
  const project = await labellingProject(open.db, { tasks: 3, overlap: 1, annotators: 3 });
  await insertTasks(open.db, project.projectId, { tasks: 2, overlap: 1, batch: 50 });
  const by = { workspaceId: project.workspaceId, id: null };
  const change = (number: number, changes: object) =>
    changeBatch(open.db, by, project.projectId, { number, ...changes });
  return { project, change, by };
}

const batchOf = async (taskId: string) => (await open.db.task.findUniqueOrThrow({ where: { id: taskId } })).batch;
const statesOf = async ({ projectId }: LabellingProject, batch: number) =>
  (await open.db.task.findMany({ where: { projectId, batch } })).map(({ state }) => state).sort();

it("is listed in the order of handing out, with name, date, state and how far it is", async () => {
  const { project, change } = await twoBatches();
  await change(50, { name: "Pilot", dueAt: "2030-01-02T03:04:05.000Z" });
  const { task, annotator } = await open.taken(project);
  await submitJudgement(open.db, annotator, submissionFor(task));
  expect(await listBatches(open.db, project.workspaceId, project.projectId)).toEqual([
    {
      number: 50,
      name: "Pilot",
      dueAt: "2030-01-02T03:04:05.000Z",
      state: "open",
      tasks: { open: 0, full: 2, closed: 0 },
      wanted: 2,
    },
    { number: 100, name: "", dueAt: null, state: "open", tasks: { open: 3, full: 0, closed: 0 }, wanted: 3 },
  ]);
});

it("paused, gives nothing new, lets what is held be judged, takes what comes free with it, and goes on", async () => {
  const { project, change } = await twoBatches();
  const { task, annotator } = await open.taken(project);
  const { task: lost } = await open.taken(project, 1);
  expect([await batchOf(task.taskId), await batchOf(lost.taskId)]).toEqual([50, 50]);
  await change(50, { state: "paused" });
  await change(100, { state: "paused" });
  const { next, surplus } = await submitJudgement(open.db, annotator, submissionFor(task));
  expect({ next, surplus }).toEqual({ next: null, surplus: false });
  await open.db.lease.update({ where: { id: lost.lease.id }, data: { expiresAt: new Date(0) } });
  await expireLeases(open.db, project.projectId);
  expect(await statesOf(project, 50)).toEqual(["full", "waiting"]);
  // New tasks wait with it.
  await insertTasks(open.db, project.projectId, { tasks: 1, overlap: 1, batch: 100 });
  expect(await statesOf(project, 100)).toEqual(["waiting", "waiting", "waiting", "waiting"]);
  expect(await open.claim(project, 2)).toMatchObject({ tasks: [], waits: [{ for: "batch", tasks: 5 }] });
  const [item] = await listWork(open.db, { ...annotator });
  expect(item).toMatchObject({ available: 0, waits: [{ for: "batch" }] });
  await change(50, { state: "open" });
  expect((await open.claim(project, 2)).tasks.map(({ taskId }) => taskId)).toEqual([lost.taskId]);
});

it("ended, is closed to new claims, is no work that anybody waits for, and can be opened again", async () => {
  const { project, change } = await twoBatches();
  await change(50, { state: "ended" });
  await change(100, { state: "ended" });
  expect(await open.claim(project)).toMatchObject({ tasks: [], waits: [] });
  // New work opens the batch, and nothing else of it.
  await insertTasks(open.db, project.projectId, { tasks: 1, overlap: 1, batch: 100 });
  expect(await statesOf(project, 100)).toEqual(["ended", "ended", "ended", "open"]);
  await change(100, { state: "open" });
  expect(await statesOf(project, 100)).toEqual(["open", "open", "open", "open"]);
});

it("leaves tasks that an import has closed as they are", async () => {
  const { project, change } = await twoBatches();
  const [closed] = await open.db.task.findMany({ where: { projectId: project.projectId, batch: 100 }, take: 1 });
  await open.db.task.update({ where: { id: closed?.id ?? "" }, data: { state: "paused" } });
  for (const state of ["paused", "open", "ended", "open"]) await change(100, { state });
  expect(await statesOf(project, 100)).toEqual(["open", "open", "paused"]);
});

it("moves before another, to a number that none has", async () => {
  const { project, change } = await twoBatches();
  await expect(change(100, { moveTo: 50 })).rejects.toMatchObject({ code: "conflict", reason: "batchTaken" });
  await expect(change(7, { name: "none" })).rejects.toBeInstanceOf(DomainError);
  const batches = await change(100, { moveTo: 10, name: "First of all" });
  expect(batches.map(({ number, name }) => [number, name])).toEqual([
    [10, "First of all"],
    [50, ""],
  ]);
  const { task } = await open.taken(project);
  expect(await batchOf(task.taskId)).toBe(10);
});

it("is paused under sixteen claims at once, and none of them gets a task afterwards", async () => {
  const project = await labellingProject(open.db, { tasks: 800, overlap: 2, annotators: 16 });
  const by = { workspaceId: project.workspaceId, id: null };
  let isPaused = false;
  const late: string[] = [];
  const working = project.annotators.map(async (who) => {
    for (;;) {
      const wasPaused = isPaused;
      const { tasks } = await claimTasks(open.db, { ...who, projectId: project.projectId, count: 1 });
      const [task] = tasks;
      if (!task) return;
      if (wasPaused) late.push(task.taskId);
      const { next } = await submitJudgement(open.db, who, submissionFor(task));
      if (next && wasPaused) late.push(next.taskId);
      if (next && isPaused) await submitJudgement(open.db, who, submissionFor(next));
    }
  });
  await changeBatch(open.db, by, project.projectId, { number: 100, state: "paused" });
  isPaused = true;
  await Promise.all(working);
  expect((await statesOf(project, 100)).filter((state) => state === "open")).toEqual([]);
  // What somebody held when it was paused may come once more, and be judged.
  const held = await open.db.lease.count({ where: { projectId: project.projectId, state: "held" } });
  expect(held).toBe(0);
  expect(late.length).toBeLessThanOrEqual(project.annotators.length);
});

it("paused and resumed by several at once, has its tasks in the state that was given it last", async () => {
  for (let round = 0; round < 12; round++) {
    const { project, change } = await twoBatches();
    const { task } = await open.taken(project);
    await open.db.lease.update({ where: { id: task.lease.id }, data: { expiresAt: new Date(0) } });
    const states = ["paused", "open", "paused", "open", "ended", "open"];
    // Beside them a lease runs out, whose task becomes what its batch is.
    await Promise.all([...states.map((state) => change(50, { state })), expireLeases(open.db, project.projectId)]);
    const { state } = await open.db.batch.findFirstOrThrow({ where: { projectId: project.projectId, number: 50 } });
    const taskState = state === "paused" ? "waiting" : state;
    expect(await statesOf(project, 50)).toEqual([taskState, taskState]);
  }
});

it("of a project that has ended gives nothing new, and says so", async () => {
  const { project, by } = await twoBatches();
  const { task, annotator } = await open.taken(project);
  await changeProject(open.db, by, project.projectId, { state: "ended" });
  expect((await submitJudgement(open.db, annotator, submissionFor(task))).next).toBeNull();
  expect(await open.claim(project)).toMatchObject({ tasks: [], waits: [{ for: "ended" }] });
  await changeProject(open.db, by, project.projectId, { state: "active" });
  expect((await open.claim(project)).tasks).toHaveLength(1);
});
