import { randomUUID } from "node:crypto";
import {
  type Annotator,
  claimTasks,
  listWork,
  releaseLease,
  skipTask,
  submitJudgement,
  undoJudgement,
  undoSkip,
} from "@touchstone/persistence";
import { describe, expect, it } from "vitest";
import { assignmentDatabase } from "../harness/assignment-database.ts";
import { labellingProject, submissionFor } from "../harness/labelling-project.ts";

const open = assignmentDatabase(64);
const { claimFor, taken } = open;

const undo = (who: Annotator, leaseId: string, idempotencyKey = randomUUID()) =>
  undoSkip(open.db, who, { leaseId, idempotencyKey });
const skippedAgo = (leaseId: string, minutes: number) =>
  open.db.$executeRaw`
    UPDATE lease SET skipped_at = clock_timestamp() - make_interval(mins => ${minutes}::int)
    WHERE id = ${leaseId}::uuid`;

describe("a skip", () => {
  it("keeps the flag, the comment and the reason, and an undo brings flag and comment back with the task", async () => {
    const project = await labellingProject(open.db, { tasks: 3, overlap: 2, annotators: 1 });
    const { annotator, task, lease } = await taken(project);
    const said = { flagged: true, comment: "A names its model" };
    await skipTask(open.db, annotator, { ...lease, ...said, reason: "broken" });
    expect(await open.db.lease.findUnique({ where: { id: lease.leaseId } })).toMatchObject({
      state: "skipped",
      skipFlagged: true,
      skipComment: "A names its model",
      skipReason: "broken",
    });
    const back = await undo(annotator, lease.leaseId);
    expect(back).toMatchObject({ taskId: task.taskId, note: said, previousAnswers: null });
    expect(back.lease.token).not.toBe(task.lease.token);
    // Whoever opens the page anew finds it again.
    expect((await claimFor(project, annotator)).tasks).toMatchObject([{ taskId: task.taskId, note: said }]);
    expect((await submitJudgement(open.db, annotator, submissionFor(back, said))).surplus).toBe(false);
  });

  it("sent again adds its reason and takes nothing away", async () => {
    const project = await labellingProject(open.db, { tasks: 2, overlap: 1, annotators: 1 });
    const { annotator, lease } = await taken(project);
    await skipTask(open.db, annotator, { ...lease, flagged: true, comment: "cut off" });
    await skipTask(open.db, annotator, { ...lease, reason: "unpleasant" });
    expect(await open.db.lease.findUnique({ where: { id: lease.leaseId } })).toMatchObject({
      skipFlagged: true,
      skipComment: "cut off",
      skipReason: "unpleasant",
    });
  });

  it("is undone once, under one key, however often it is asked for", async () => {
    const project = await labellingProject(open.db, { tasks: 2, overlap: 1, annotators: 1 });
    const { annotator, lease } = await taken(project);
    await skipTask(open.db, annotator, lease);
    const key = randomUUID();
    const first = await undo(annotator, lease.leaseId, key);
    expect((await undo(annotator, lease.leaseId, key)).lease.token).toBe(first.lease.token);
    await expect(undo(annotator, lease.leaseId)).rejects.toMatchObject({ code: "undo_too_late" });
    // A skip that was still under way concerns the lease as it was.
    await expect(skipTask(open.db, annotator, lease)).rejects.toMatchObject({ code: "not_found" });
  });

  it("can be undone for ten minutes of the database's clock, and by nobody else", async () => {
    const project = await labellingProject(open.db, { tasks: 2, overlap: 2, annotators: 2 });
    const { annotator, lease } = await taken(project);
    const [, other] = project.annotators;
    if (!other) throw new Error("no other");
    await skipTask(open.db, annotator, lease);
    await expect(undo(other, lease.leaseId)).rejects.toMatchObject({ code: "not_found" });
    await skippedAgo(lease.leaseId, 11);
    await expect(undo(annotator, lease.leaseId)).rejects.toMatchObject({ code: "undo_too_late" });
    await skippedAgo(lease.leaseId, 9);
    expect((await undo(annotator, lease.leaseId)).lease.id).toBe(lease.leaseId);
  });

  it("says that the task is taken when no place is free, and keeps what was said", async () => {
    const project = await labellingProject(open.db, { tasks: 1, overlap: 1, annotators: 2 });
    const { annotator, lease } = await taken(project);
    await skipTask(open.db, annotator, { ...lease, comment: "kept", flagged: true });
    const rival = await taken(project, 1);
    await expect(undo(annotator, lease.leaseId)).rejects.toMatchObject({ code: "task_taken" });
    expect(await open.db.lease.findUnique({ where: { id: lease.leaseId } })).toMatchObject({ skipComment: "kept" });
    await releaseLease(open.db, rival.annotator, rival.lease);
    expect((await undo(annotator, lease.leaseId)).note).toEqual({ flagged: true, comment: "kept" });
  });

  it("that comes after its lease has ended is kept, and so is what was said", async () => {
    const project = await labellingProject(open.db, { tasks: 1, overlap: 1, annotators: 1 });
    const { annotator, lease } = await taken(project);
    await releaseLease(open.db, annotator, lease);
    const again = await taken(project);
    await skipTask(open.db, annotator, { ...lease, comment: "from the train" });
    expect(await open.db.lease.findUnique({ where: { id: again.lease.leaseId } })).toMatchObject({
      state: "skipped",
      skipComment: "from the train",
    });
    expect((await claimFor(project, annotator)).tasks).toEqual([]);
  });

  it("never goes over the cap: 64 clients skip, undo and claim one task at once", async () => {
    const project = await labellingProject(open.db, { tasks: 1, overlap: 3, annotators: 64 });
    const skipped: { annotator: Annotator; leaseId: string }[] = [];
    for (let place = 0; place < 40; place++) {
      const { annotator, lease } = await taken(project, place);
      await skipTask(open.db, annotator, lease);
      skipped.push({ annotator, leaseId: lease.leaseId });
    }
    const results = await Promise.allSettled([
      ...skipped.map(({ annotator, leaseId }) => undo(annotator, leaseId).then((task) => [task])),
      ...project.annotators.slice(40).map((who) => claimFor(project, who).then(({ tasks }) => tasks)),
    ]);
    const got = results.flatMap((result) => (result.status === "fulfilled" ? result.value : []));
    expect(got).toHaveLength(3);
    for (const result of results) {
      if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "task_taken" });
    }
  });
});

describe("an undo of a judgement", () => {
  it("brings its flag and comment back, also to a page that is opened anew", async () => {
    const project = await labellingProject(open.db, { tasks: 2, overlap: 1, annotators: 1 });
    const { annotator, task } = await taken(project);
    const said = { flagged: true, comment: "B is dangerous" };
    const { judgementId } = await submitJudgement(open.db, annotator, submissionFor(task, said));
    const back = await undoJudgement(open.db, annotator, { judgementId, idempotencyKey: randomUUID() });
    expect(back.note).toEqual(said);
    expect((await claimFor(project, annotator)).tasks[0]?.note).toEqual(said);
  });
});

describe("what is done and what waits", () => {
  it("add up to the same in one project, whatever is leased, judged, skipped or undone, and other projects count not", async () => {
    const project = await labellingProject(open.db, { tasks: 6, overlap: 1, annotators: 1 });
    const [annotator] = project.annotators;
    if (!annotator) throw new Error("no annotator");
    const item = async () => {
      const items = await listWork(open.db, annotator);
      const [one] = items.filter(({ projectId }) => projectId === project.projectId);
      return one;
    };
    expect(await item()).toMatchObject({ waiting: 6, today: 0, total: 0, skipped: 0 });
    const claimed = await claimTasks(open.db, { ...annotator, projectId: project.projectId, count: 2 });
    expect(claimed.here).toEqual({ today: 0, total: 0, skipped: 0 });
    expect(await item()).toMatchObject({ waiting: 6, available: 4 });
    const [first, second] = claimed.tasks;
    if (!first || !second) throw new Error("no tasks");
    const receipt = await submitJudgement(open.db, annotator, submissionFor(first));
    expect(receipt.here).toEqual({ today: 1, total: 1, skipped: 0 });
    const skip = await skipTask(open.db, annotator, { leaseId: second.lease.id, leaseToken: second.lease.token });
    expect(skip.here).toEqual({ today: 1, total: 1, skipped: 1 });
    expect(await item()).toMatchObject({ waiting: 4, today: 1, total: 1, skipped: 1 });
    await undo(annotator, second.lease.id);
    expect(await item()).toMatchObject({ waiting: 5, today: 1, total: 1, skipped: 0 });
  });
});
