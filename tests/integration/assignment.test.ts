import { randomUUID } from "node:crypto";
import { listWork, releaseLease, renewLease, skipTask, submitJudgement, undoJudgement } from "@touchstone/persistence";
import { describe, expect, it } from "vitest";
import { assignmentDatabase } from "../harness/assignment-database.ts";
import { insertTasks, labellingProject, submissionFor } from "../harness/labelling-project.ts";

const open = assignmentDatabase(5);
const { claim, taken } = open;

describe("claiming", () => {
  it("hands out each task to as many annotators as it needs, and then says that nothing is left", async () => {
    const project = await labellingProject(open.db, { tasks: 3, overlap: 2, annotators: 3 });
    const seen: string[] = [];
    for (const who of [0, 1]) {
      const { tasks } = await claim(project, who, 2);
      seen.push(...tasks.map((task) => task.taskId));
      for (const task of tasks) {
        const annotator = project.annotators[who];
        if (annotator) await submitJudgement(open.db, annotator, submissionFor(task));
      }
    }
    expect(new Set(seen).size).toBeGreaterThanOrEqual(2);
    for (const who of [0, 1]) {
      const { task, annotator } = await taken(project, who);
      expect((await submitJudgement(open.db, annotator, submissionFor(task))).next).toBeNull();
    }
    expect((await claim(project, 2)).tasks).toEqual([]);
  });

  it("gives back the leases still held before new ones, so that a refreshed page loses nothing", async () => {
    const project = await labellingProject(open.db, { tasks: 5, overlap: 1, annotators: 1 });
    const first = await claim(project, 0, 2);
    const again = await claim(project, 0, 2);
    expect(again.tasks).toEqual(first.tasks);
  });

  it("shows a pair in both orders, each as often, and records the order", async () => {
    const project = await labellingProject(open.db, { tasks: 1, overlap: 40, annotators: 40 });
    const first: string[] = [];
    for (let who = 0; who < 40; who++) first.push((await taken(project, who)).task.completions[0]?.id ?? "");
    const ids = [...new Set(first)];
    expect(ids).toHaveLength(2);
    expect(first.filter((id) => id === ids[0])).toHaveLength(20);
  });

  it("hands out lower batches first, also to those who are far into a higher one", async () => {
    const project = await labellingProject(open.db, { tasks: 10, overlap: 2, annotators: 1 });
    const { task, annotator } = await taken(project);
    await insertTasks(open.db, project.projectId, { tasks: 1, overlap: 1, batch: 10, question: "rating" });
    const { next } = await submitJudgement(open.db, annotator, submissionFor(task));
    expect(next?.questions[0]?.kind).toBe("rating");
  });

  it("never brings a skipped task back to the one who skipped it, and leaves it to others", async () => {
    const project = await labellingProject(open.db, { tasks: 2, overlap: 1, annotators: 2 });
    const { task, annotator, lease } = await taken(project);
    const { next } = await skipTask(open.db, annotator, lease);
    expect(next?.taskId).not.toBe(task.taskId);
    expect((await skipTask(open.db, annotator, lease)).next?.lease.id).toBe(next?.lease.id);
    if (next) {
      const receipt = await submitJudgement(open.db, annotator, submissionFor(next));
      expect(receipt.next).toBeNull();
    }
    expect((await taken(project, 1)).task.taskId).toBe(task.taskId);
  });

  it("brings a released task back to anybody", async () => {
    const project = await labellingProject(open.db, { tasks: 1, overlap: 1, annotators: 1 });
    const { task, annotator, lease } = await taken(project);
    await releaseLease(open.db, annotator, lease);
    await releaseLease(open.db, annotator, lease);
    expect((await taken(project)).task.taskId).toBe(task.taskId);
  });

  it("leases nothing of a paused project", async () => {
    const project = await labellingProject(open.db, { tasks: 1, overlap: 1, annotators: 1 });
    await open.db.project.update({ where: { id: project.projectId }, data: { state: "paused" } });
    expect((await claim(project)).tasks).toEqual([]);
  });

  it("hides other projects from those whom an open link led to one, and other tenants' from everybody", async () => {
    const mine = await labellingProject(open.db, { tasks: 1, overlap: 9, annotators: 1 });
    const theirs = await labellingProject(open.db, { tasks: 1, overlap: 9, annotators: 1 });
    const strangers = { ...theirs, annotators: mine.annotators };
    await expect(claim(strangers)).rejects.toMatchObject({ code: "not_found" });
    const [annotator] = mine.annotators;
    if (!annotator) throw new Error("no annotator");
    await open.db.project.create({ data: { id: randomUUID(), workspaceId: mine.workspaceId, name: "Another" } });
    expect(await listWork(open.db, annotator)).toHaveLength(2);
    const { workspaceId, projectId } = mine;
    await open.db.projectAccess.create({ data: { workspaceId, projectId, memberId: annotator.memberId } });
    expect(await listWork(open.db, annotator)).toMatchObject([{ projectId, available: 1 }]);
  });
});

describe("judging", () => {
  it("keeps the judgement with the order shown, the guideline shown and the kind of annotator", async () => {
    const project = await labellingProject(open.db, { tasks: 2, overlap: 1, annotators: 1 });
    const { task, annotator } = await taken(project);
    const { workspaceId, projectId } = project;
    await open.db.guideline.create({ data: { workspaceId, projectId, version: 2, text: "Be kinder." } });
    const receipt = await submitJudgement(open.db, annotator, submissionFor(task, { comment: "clear" }));
    expect(receipt).toMatchObject({ created: true, surplus: false, today: 1, next: { guidelineVersion: 2 } });
    const row = await open.db.judgement.findUniqueOrThrow({
      where: { id: receipt.judgementId },
      include: { guideline: true, lease: true, task: true },
    });
    expect(row).toMatchObject({ source: "person", comment: "clear", guideline: { version: 1 } });
    expect(row.shownOrder.map((index) => row.task.completionIds[index])).toEqual(task.completions.map(({ id }) => id));
  });

  it("answers the same key and body with the same judgement and the task that the lost answer carried", async () => {
    const project = await labellingProject(open.db, { tasks: 3, overlap: 1, annotators: 1 });
    const { task, annotator } = await taken(project);
    const submission = submissionFor(task);
    const first = await submitJudgement(open.db, annotator, submission);
    const second = await submitJudgement(open.db, annotator, submission);
    expect(second).toEqual({ ...first, created: false });
  });

  it("refuses the same key with another body, another's lease, a second answer and an answer of another kind", async () => {
    const project = await labellingProject(open.db, { tasks: 3, overlap: 1, annotators: 2 });
    const { task, annotator } = await taken(project);
    const other = await taken(project, 1);
    const submission = submissionFor(task);
    await expect(
      submitJudgement(open.db, annotator, { ...submission, answer: { choice: "rated", score: 3 } }),
    ).rejects.toMatchObject({
      code: "invalid_value",
      path: "answer.choice",
      message: expect.stringContaining("graded"),
    });
    await expect(submitJudgement(open.db, annotator, submissionFor(other.task))).rejects.toMatchObject({
      code: "not_found",
    });
    await submitJudgement(open.db, annotator, submission);
    await expect(submitJudgement(open.db, annotator, { ...submission, flagged: true })).rejects.toMatchObject({
      code: "idempotency_conflict",
    });
    await expect(submitJudgement(open.db, annotator, submissionFor(task))).rejects.toMatchObject({ code: "conflict" });
  });

  it("lets nobody rewrite what was said: the table refuses updates and deletes", async () => {
    const project = await labellingProject(open.db, { tasks: 1, overlap: 1, annotators: 1 });
    const { task, annotator } = await taken(project);
    const { judgementId: id } = await submitJudgement(open.db, annotator, submissionFor(task));
    await expect(open.db.judgement.update({ where: { id }, data: { flagged: true } })).rejects.toThrow("append-only");
    await expect(open.db.judgement.delete({ where: { id } })).rejects.toThrow("append-only");
    await expect(open.db.journal.deleteMany({ where: { taskId: task.taskId } })).rejects.toThrow("append-only");
  });
});

describe("undoing", () => {
  it("appends a retraction, keeps the slot, and takes a new answer on the same lease", async () => {
    const project = await labellingProject(open.db, { tasks: 1, overlap: 1, annotators: 2 });
    const { task, annotator } = await taken(project);
    const { judgementId } = await submitJudgement(open.db, annotator, submissionFor(task));
    const undo = { judgementId, idempotencyKey: randomUUID() };
    const reopened = await undoJudgement(open.db, annotator, undo);
    expect(reopened).toMatchObject({
      taskId: task.taskId,
      previousAnswers: { preference: { choice: "graded", step: 2 } },
    });
    expect(reopened.lease.id).toBe(task.lease.id);
    expect(await undoJudgement(open.db, annotator, undo)).toEqual(reopened);
    expect((await claim(project, 1)).tasks).toEqual([]);

    const corrected = submissionFor(reopened, { answer: { choice: "both-bad" } });
    expect(await submitJudgement(open.db, annotator, corrected)).toMatchObject({ surplus: false, today: 1 });
    const rows = await open.db.judgement.findMany({ where: { taskId: task.taskId }, orderBy: { createdAt: "asc" } });
    expect(rows.map((row) => row.kind)).toEqual(["answer", "retraction", "answer"]);
    const counted = await open.db
      .$queryRaw`SELECT answer FROM effective_judgement WHERE task_id = ${task.taskId}::uuid`;
    expect(counted).toEqual([{ answer: { choice: "both-bad" } }]);
  });

  it("is refused for another's judgement, a second time, and after ten minutes", async () => {
    const project = await labellingProject(open.db, { tasks: 2, overlap: 1, annotators: 2 });
    const { task, annotator } = await taken(project);
    const { judgementId, next } = await submitJudgement(open.db, annotator, submissionFor(task));
    const undo = (who = annotator, id = judgementId) =>
      undoJudgement(open.db, who, { judgementId: id, idempotencyKey: randomUUID() });
    await expect(undo(project.annotators[1])).rejects.toMatchObject({ code: "not_found" });
    await undo();
    await expect(undo()).rejects.toMatchObject({ code: "undo_too_late" });
    if (!next) throw new Error("no second task");
    const old = await submitJudgement(open.db, annotator, submissionFor(next));
    await open.db.$transaction([
      open.db.$executeRaw`SET LOCAL session_replication_role = replica`,
      open.db
        .$executeRaw`UPDATE judgement SET created_at = created_at - interval '11 minutes' WHERE id = ${old.judgementId}::uuid`,
    ]);
    await expect(undo(annotator, old.judgementId)).rejects.toMatchObject({ code: "undo_too_late" });
  });
});

describe("keeping a lease", () => {
  it("gives it its full time again, and refuses one that has ended or is another's", async () => {
    const project = await labellingProject(open.db, { tasks: 1, overlap: 1, annotators: 2, leaseSeconds: 60 });
    const { task, annotator, lease } = await taken(project);
    await open.db.lease.update({ where: { id: lease.leaseId }, data: { expiresAt: new Date(Date.now() + 5_000) } });
    const { expiresAt } = await renewLease(open.db, annotator, lease);
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now() + 50_000);
    await expect(renewLease(open.db, annotator, { ...lease, leaseToken: "0".repeat(32) })).rejects.toMatchObject({
      code: "not_found",
    });
    await submitJudgement(open.db, annotator, submissionFor(task));
    await expect(renewLease(open.db, annotator, lease)).rejects.toMatchObject({ code: "lease_expired" });
  });
});
