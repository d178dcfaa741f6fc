import type { LeasedTask, ProjectDraft } from "@touchstone/contracts";
import { type Annotator, changeProject, claimTasks, listWork, submitJudgement } from "@touchstone/persistence";
import { describe, expect, it } from "vitest";
import { assignmentDatabase } from "../harness/assignment-database.ts";
import { type LabellingProject, labellingProject, submissionFor } from "../harness/labelling-project.ts";

const open = assignmentDatabase(20);
const atOnce = 16;

async function limited(assignment: Partial<ProjectDraft>, tasks = 40) {
  const project = await labellingProject(open.db, { tasks, overlap: 1, annotators: 2, assignment });
  const [who, other] = project.annotators;
  if (!who || !other) throw new Error("no annotators");
  return { project, who, other };
}

/** Sixteen claims of one person at the same moment, all tasks that came of them, each once. */
async function claimAtOnce(project: LabellingProject, who: Annotator): Promise<LeasedTask[]> {
  const claims = Array.from({ length: atOnce }, () =>
    claimTasks(open.db, { ...who, projectId: project.projectId, count: 2 }),
  );
  const tasks = (await Promise.all(claims)).flatMap((claimed) => claimed.tasks);
  return [...new Map(tasks.map((task) => [task.lease.id, task])).values()];
}

/** Until they hold nothing, and get nothing more. @returns how many tasks that were. */
async function judgeHeld(project: LabellingProject, who: Annotator): Promise<number> {
  for (let judged = 0; ; ) {
    const { tasks } = await open.claimFor(project, who, 2);
    if (tasks.length === 0) return judged;
    for (const task of tasks) await submitJudgement(open.db, who, submissionFor(task));
    judged += tasks.length;
  }
}

const heldBy = ({ projectId }: LabellingProject, { memberId }: Annotator) =>
  open.db.lease.count({ where: { projectId, memberId, state: "held" } });

describe("a person gets no more than", () => {
  it("so many tasks at once, whoever asks in sixteen tabs", async () => {
    const { project, who } = await limited({ parallelLeases: 1 });
    expect(await claimAtOnce(project, who)).toHaveLength(1);
    expect(await heldBy(project, who)).toBe(1);
  });

  it("so many a day, held ones included, and is told how many and until when", async () => {
    const { project, who, other } = await limited({ dailyLimit: 3, parallelLeases: 20 });
    for (let n = 0; n < 3; n++) {
      const [task] = (await open.claimFor(project, who)).tasks;
      if (!task) throw new Error("no task");
      expect((await claimAtOnce(project, who)).length).toBeLessThanOrEqual(3 - n);
      expect(await heldBy(project, who)).toBeLessThanOrEqual(3 - n);
      const { next } = await submitJudgement(open.db, who, submissionFor(task));
      if (n === 2) expect(next).toBeNull();
    }
    const { tasks, waits } = await open.claimFor(project, who);
    expect(tasks).toEqual([]);
    const [now] = await open.db.$queryRaw<{ midnight: Date }[]>`
      SELECT (date_trunc('day', now() AT TIME ZONE 'UTC') + interval '1 day') AT TIME ZONE 'UTC' AS midnight`;
    expect(waits).toEqual([{ for: "day", limit: 3, until: now?.midnight.toISOString() }]);
    const [item] = await listWork(open.db, who);
    expect(item).toMatchObject({ today: 3, total: 3 });
    // Another person has a day of their own; and another day is another day.
    expect((await open.claimFor(project, other)).tasks).toHaveLength(1);
    await open.db.tally.updateMany({
      where: { memberId: who.memberId, projectId: project.projectId },
      data: { day: new Date("2026-01-01") },
    });
    expect((await open.claimFor(project, who)).tasks).toHaveLength(1);
  });

  it("their share of the project, which grows with it and with the setting", async () => {
    const { project, who } = await limited({ shareLimit: 0.1, parallelLeases: 20 });
    // Whoever asks a moment later is given what is held already, so that there may be fewer; never more.
    expect((await claimAtOnce(project, who)).length).toBeLessThanOrEqual(4);
    expect(await judgeHeld(project, who)).toBe(4);
    expect((await open.claimFor(project, who)).waits).toEqual([{ for: "share", limit: 4 }]);
    const by = { workspaceId: project.workspaceId, id: null };
    await changeProject(open.db, by, project.projectId, { shareLimit: 0.2 });
    expect((await claimAtOnce(project, who)).length).toBeLessThanOrEqual(4);
    expect(await judgeHeld(project, who)).toBe(4);
    expect((await open.claimFor(project, who)).waits).toEqual([{ for: "share", limit: 8 }]);
    await changeProject(open.db, by, project.projectId, { shareLimit: null });
    expect((await open.claimFor(project, who)).tasks).toHaveLength(1);
  });
});

it("is not told of a limit where nothing is left behind it", async () => {
  const { project, who } = await limited({ dailyLimit: 1 }, 1);
  const [task] = (await open.claimFor(project, who)).tasks;
  if (!task) throw new Error("no task");
  await submitJudgement(open.db, who, submissionFor(task));
  expect(await open.claimFor(project, who)).toMatchObject({ tasks: [], waits: [] });
});
