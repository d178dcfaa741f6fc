import type { LeasedTask } from "@touchstone/contracts";
import {
  changeProject,
  claimTasks,
  listGuidelines,
  listWork,
  type OpenDatabase,
  openDatabase,
  previewOverlap,
  releaseLease,
  submitJudgement,
} from "@touchstone/persistence";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { brokenInvariants } from "../harness/assignment-invariants.ts";
import { freshDatabase, type TestDatabase } from "../harness/database.ts";
import { type LabellingProject, labellingProject, submissionFor } from "../harness/labelling-project.ts";

let database: TestDatabase;
let open: OpenDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  open = openDatabase(database.url, { connections: 12 });
});
afterAll(async () => {
  await open.close();
  await database.drop();
});
afterEach(async () => expect(await brokenInvariants(open.db)).toEqual([]));

function annotatorOf(project: LabellingProject, place: number) {
  const annotator = project.annotators[place];
  if (!annotator) throw new Error("The project has fewer annotators.");
  return annotator;
}
async function claim(project: LabellingProject, place: number): Promise<LeasedTask | undefined> {
  const { tasks } = await claimTasks(open.db, {
    ...annotatorOf(project, place),
    projectId: project.projectId,
    count: 1,
  });
  return tasks[0];
}
async function judge(project: LabellingProject, place: number): Promise<void> {
  const task = await claim(project, place);
  if (!task) throw new Error("There was no task.");
  await submitJudgement(open.db, annotatorOf(project, place), submissionFor(task));
}
async function change(project: LabellingProject, what: Parameters<typeof changeProject>[3]) {
  const admin = await open.db.member.findFirstOrThrow({ where: { workspaceId: project.workspaceId, role: "admin" } });
  return changeProject(open.db, { workspaceId: project.workspaceId, id: admin.id }, project.projectId, what);
}
const preview = (project: LabellingProject, overlap: number) =>
  previewOverlap(open.db, project.workspaceId, project.projectId, overlap);
const tasksOf = ({ projectId }: LabellingProject) =>
  open.db.task.findMany({ where: { projectId }, select: { state: true, overlap: true } });

describe("judgements per task", () => {
  it("raised, opens the tasks that are full again, as the preview said", async () => {
    const project = await labellingProject(open.db, { tasks: 1, overlap: 1, annotators: 2 });
    await judge(project, 0);
    expect(await claim(project, 1)).toBeUndefined();
    expect(await preview(project, 3)).toEqual({ reopened: 1, closed: 0, above: 0 });
    await change(project, { overlap: 3 });
    expect(await tasksOf(project)).toEqual([{ state: "open", overlap: 3 }]);
    expect(await claim(project, 1)).toBeDefined();
  });

  it("lowered, keeps what is judged and held and hands out nothing more", async () => {
    const project = await labellingProject(open.db, { tasks: 1, overlap: 3, annotators: 3 });
    await judge(project, 0);
    const held = await claim(project, 1);
    expect(await preview(project, 1)).toEqual({ reopened: 0, closed: 1, above: 1 });
    await change(project, { overlap: 1 });
    expect(await tasksOf(project)).toEqual([{ state: "full", overlap: 2 }]);
    expect(await claim(project, 2)).toBeUndefined();
    if (!held) throw new Error("There was no task.");
    const receipt = await submitJudgement(open.db, annotatorOf(project, 1), submissionFor(held));
    expect(receipt.surplus).toBe(false);
  });

  it("lowered, leaves a task whose later place is taken the number it has", async () => {
    const project = await labellingProject(open.db, { tasks: 1, overlap: 2, annotators: 3 });
    const first = await claim(project, 0);
    await judge(project, 1);
    if (!first) throw new Error("There was no task.");
    await releaseLease(open.db, annotatorOf(project, 0), { leaseId: first.lease.id, leaseToken: first.lease.token });
    expect(await preview(project, 1)).toEqual({ reopened: 0, closed: 0, above: 1 });
    await change(project, { overlap: 1 });
    expect(await tasksOf(project)).toEqual([{ state: "open", overlap: 2 }]);
  });

  it("changed while eight people claim and judge, never leaves a task with more than it has room for", async () => {
    const project = await labellingProject(open.db, { tasks: 20, overlap: 2, annotators: 8 });
    const people = project.annotators.map(async (_, place) => {
      for (let count = 0; count < 5; count += 1) if (await claim(project, place)) await judge(project, place);
    });
    const changes = (async () => {
      for (const overlap of [3, 1, 4, 2]) await change(project, { overlap });
    })();
    await Promise.all([...people, changes]);
    const over = await open.db.$queryRaw`
      SELECT t.id FROM task t JOIN lease l ON l.task_id = t.id AND l.state IN ('held', 'judged')
      WHERE t.project_id = ${project.projectId}::uuid GROUP BY t.id HAVING count(*) > t.overlap`;
    expect(over).toEqual([]);
  });
});

describe("the other settings", () => {
  it("paused, hands out nothing and still takes what is out", async () => {
    const project = await labellingProject(open.db, { tasks: 2, overlap: 1, annotators: 2 });
    const held = await claim(project, 0);
    await change(project, { state: "paused" });
    const idle = { ...annotatorOf(project, 1), projectId: project.projectId, count: 1 };
    expect(await claimTasks(open.db, idle)).toMatchObject({ tasks: [], paused: true });
    expect(await listWork(open.db, idle)).toMatchObject([{ available: 0, paused: true }]);
    if (!held) throw new Error("There was no task.");
    expect(await submitJudgement(open.db, annotatorOf(project, 0), submissionFor(held))).toMatchObject({
      surplus: false,
      next: null,
    });
  });

  it("keep every version of the guideline, newest first; the same text makes none", async () => {
    const project = await labellingProject(open.db, { tasks: 1, overlap: 1, annotators: 1 });
    await change(project, { guideline: "Be brief." });
    await change(project, { guideline: "Be brief." });
    const versions = await listGuidelines(open.db, project.workspaceId, project.projectId);
    expect(versions.map(({ version, text }) => [version, text])).toEqual([
      [2, "Be brief."],
      [1, "Be kind."],
    ]);
  });
});
