import { claimTasks, type OpenDatabase, openDatabase, projectFigures, submitJudgement } from "@touchstone/persistence";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "../harness/database.ts";
import { judgeTasks } from "../harness/judged-tasks.ts";
import { type LabellingProject, labellingProject, submissionFor } from "../harness/labelling-project.ts";

let database: TestDatabase;
let open: OpenDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  open = openDatabase(database.url, { connections: 4 });
});
afterAll(async () => {
  await open.close();
  await database.drop();
});

const figuresOf = ({ workspaceId, projectId }: LabellingProject) => projectFigures(open.db, workspaceId, projectId);

async function claim(project: LabellingProject, place: number) {
  const annotator = project.annotators[place];
  if (!annotator) throw new Error("The project has fewer annotators.");
  const { tasks } = await claimTasks(open.db, { ...annotator, projectId: project.projectId, count: 1 });
  const [task] = tasks;
  if (!task) throw new Error("There was no task.");
  const judge = (visibleMs = 4_000) =>
    submitJudgement(
      open.db,
      annotator,
      submissionFor(task, { timings: { visibleMs, activeMs: visibleMs, firstScrollMs: null } }),
    );
  return { judge };
}

describe("the figures of a project", () => {
  it("add up: what is judged, on a desk, waiting and closed is all that is wanted", async () => {
    const project = await labellingProject(open.db, { tasks: 4, overlap: 2, annotators: 2 });
    expect((await figuresOf(project)).missing).toEqual({ underway: 0, waiting: 8, closed: 0 });
    await (await claim(project, 0)).judge();
    // With the receipt came the next task, which is on a desk from then on.
    expect(await figuresOf(project)).toMatchObject({
      wanted: 8,
      judgements: { person: 1 },
      missing: { underway: 1, waiting: 6, closed: 0 },
    });
    await open.db.$executeRaw`
      UPDATE task SET state = 'paused' WHERE project_id = ${project.projectId}::uuid AND id IN (
        SELECT t.id FROM task t LEFT JOIN lease l ON l.task_id = t.id WHERE l.id IS NULL LIMIT 1)`;
    expect((await figuresOf(project)).missing).toEqual({ underway: 1, waiting: 4, closed: 2 });
  });

  it("do not call done what is only on desks: the last judgements are under way", async () => {
    const project = await labellingProject(open.db, { tasks: 1, overlap: 2, annotators: 2 });
    const last = await claim(project, 0);
    await (await claim(project, 1)).judge();
    const during = await figuresOf(project);
    expect(during.tasks.open).toBe(0);
    expect(during.missing).toEqual({ underway: 1, waiting: 0, closed: 0 });
    await last.judge();
    expect((await figuresOf(project)).missing).toEqual({ underway: 0, waiting: 0, closed: 0 });
  });

  it("tell a pace from five judgements on, and none once nobody is at work", async () => {
    const project = await labellingProject(open.db, { tasks: 10, overlap: 1, annotators: 1 });
    for (let turn = 0; turn < 4; turn += 1) await (await claim(project, 0)).judge();
    expect((await figuresOf(project)).perHour).toBeNull();
    await (await claim(project, 0)).judge();
    // Five within moments count as five in five minutes.
    expect((await figuresOf(project)).perHour).toBe(60);
  });

  it("keep the pace of somebody whose judgements are not among the latest", async () => {
    const project = await labellingProject(open.db, { tasks: 2_010, overlap: 1, annotators: 2 });
    await (await claim(project, 0)).judge(700);
    const [, second] = project.annotators;
    const memberId = second?.memberId ?? "";
    await judgeTasks(open.db, { projectId: project.projectId, memberId, slot: 1, count: 2_001 });
    const paces = (await figuresOf(project)).annotators.map(({ medianSeconds }) => medianSeconds);
    expect(paces).toEqual([9, 0.7]);
  });

  it("list people before imported and simulated annotators, and the most active of each kind first", async () => {
    const project = await labellingProject(open.db, { tasks: 9, overlap: 4, annotators: 2 });
    await (await claim(project, 0)).judge();
    for (let turn = 0; turn < 2; turn += 1) await (await claim(project, 1)).judge();
    const made = await open.db.member.createManyAndReturn({
      data: (["simulated", "imported"] as const).map((kind) => ({
        workspaceId: project.workspaceId,
        role: "annotator" as const,
        name: kind,
        kind,
        externalId: kind,
      })),
      select: { id: true, name: true },
    });
    for (const [index, { id: memberId }] of made.entries()) {
      for (let turn = 0; turn < 4 + index; turn += 1) {
        await (await claim({ ...project, annotators: [{ workspaceId: project.workspaceId, memberId }] }, 0)).judge();
      }
    }
    const { annotators, annotatorCount, judgements, timeline } = await figuresOf(project);
    expect(annotators.map(({ name, judgements: made }) => [name, made])).toEqual([
      ["A1", 2],
      ["A0", 1],
      ["imported", 5],
      ["simulated", 4],
    ]);
    expect(annotatorCount).toBe(4);
    expect(judgements).toEqual({ person: 3, imported: 5, simulated: 4, surplus: 0, retracted: 0, leftOut: 0 });
    expect(timeline.map(({ person, imported, simulated }) => [person, imported, simulated])).toEqual([[3, 5, 4]]);
  });
});
