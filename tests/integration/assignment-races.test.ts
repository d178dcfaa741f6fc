import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { claimTasks, expireLeases, skipTask, submitJudgement, undoJudgement } from "@touchstone/persistence";
import { describe, expect, it } from "vitest";
import { assignmentDatabase } from "../harness/assignment-database.ts";
import { type LabellingProject, labellingProject, submissionFor } from "../harness/labelling-project.ts";

// As many connections as clients, so that they meet inside Postgres and not in the pool.
const open = assignmentDatabase(64);
const { claimFor, taken } = open;

const everybody = <T>(project: LabellingProject, act: (who: LabellingProject["annotators"][number]) => Promise<T>) =>
  Promise.all(project.annotators.map(act));
/** Moves the end of a lease to so many milliseconds from now, by the database's clock. */
const endIn = (leaseId: string, milliseconds: number) =>
  open.db.$executeRaw`
    UPDATE lease SET expires_at = clock_timestamp() + make_interval(secs => ${milliseconds / 1000}::float8)
    WHERE id = ${leaseId}::uuid`;

describe("races", () => {
  it("gives the last slot to exactly one of 64 clients", async () => {
    const project = await labellingProject(open.db, { tasks: 1, overlap: 1, annotators: 64 });
    const claims = await everybody(project, (who) => claimFor(project, who));
    expect(claims.filter(({ tasks }) => tasks.length === 1)).toHaveLength(1);
  });

  it("gives every slot away, none twice, when 64 clients work at once until nothing is left", async () => {
    const project = await labellingProject(open.db, { tasks: 30, overlap: 5, annotators: 64 });
    await everybody(project, async (who) => {
      let task = (await claimFor(project, who)).tasks[0] ?? null;
      while (task) task = (await submitJudgement(open.db, who, submissionFor(task))).next;
    });
    const [row] = await open.db.$queryRaw<{ n: number }[]>`
      SELECT count(*)::int AS n FROM effective_judgement WHERE project_id = ${project.projectId}::uuid`;
    expect(row?.n).toBe(30 * 5);
  });

  it("keeps one row of 50 parallel submits with one key and answers all of them with it", async () => {
    const project = await labellingProject(open.db, { tasks: 5, overlap: 1, annotators: 1 });
    const { annotator, task } = await taken(project);
    const submission = submissionFor(task);
    const receipts = await Promise.all(
      Array.from({ length: 50 }, () => submitJudgement(open.db, annotator, submission)),
    );
    expect(new Set(receipts.map((receipt) => receipt.judgementId)).size).toBe(1);
    expect(receipts.filter((receipt) => receipt.created)).toHaveLength(1);
    expect(new Set(receipts.map((receipt) => receipt.next?.lease.id)).size).toBe(1);
    expect(await open.db.judgement.count({ where: { projectId: project.projectId } })).toBe(1);
  });

  it("keeps one row when one key comes with ten leases at once, and calls the nine others a conflict", async () => {
    const project = await labellingProject(open.db, {
      tasks: 20,
      overlap: 1,
      annotators: 1,
      assignment: { parallelLeases: 10 },
    });
    const [annotator] = project.annotators;
    if (!annotator) throw new Error("no annotator");
    const { tasks } = await claimTasks(open.db, { ...annotator, projectId: project.projectId, count: 10 });
    const idempotencyKey = randomUUID();
    const results = await Promise.allSettled(
      tasks.map((task) => submitJudgement(open.db, annotator, submissionFor(task, { idempotencyKey }))),
    );
    const refused = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
    expect(refused).toHaveLength(9);
    for (const reason of refused) expect(reason).toMatchObject({ code: "idempotency_conflict" });
  });

  it("leases no task twice to one member whose tabs all claim at once", async () => {
    const project = await labellingProject(open.db, { tasks: 40, overlap: 9, annotators: 1 });
    const [annotator] = project.annotators;
    if (!annotator) throw new Error("no annotator");
    await Promise.all(Array.from({ length: 20 }, () => claimFor(project, annotator)));
    const leases = await open.db.lease.findMany({ where: { projectId: project.projectId } });
    expect(new Set(leases.map((lease) => lease.taskId)).size).toBe(leases.length);
  });

  it("does not say that nothing is left while another only looks at the last task", async () => {
    const project = await labellingProject(open.db, { tasks: 1, overlap: 1, annotators: 2 });
    const { annotator, lease } = await taken(project);
    const [, second] = project.annotators;
    if (!second) throw new Error("no second annotator");
    await skipTask(open.db, annotator, lease);
    const claimed = open.db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT id FROM task WHERE project_id = ${project.projectId}::uuid FOR UPDATE`;
      const claim = claimFor(project, second);
      await sleep(300);
      return { claim };
    });
    expect((await (await claimed).claim).tasks).toHaveLength(1);
  });
});

describe("expiry", () => {
  it("gives a slot back when its time is up, and not before, by the database's clock", async () => {
    const project = await labellingProject(open.db, { tasks: 1, overlap: 1, annotators: 2 });
    const { lease } = await taken(project);
    const [, second] = project.annotators;
    if (!second) throw new Error("no second annotator");
    await endIn(lease.leaseId, 2_000);
    expect((await claimFor(project, second)).tasks).toEqual([]);
    await endIn(lease.leaseId, -1);
    expect((await claimFor(project, second)).tasks).toHaveLength(1);
  });

  it("counts or keeps as surplus, and never loses, work that arrives within 5 ms of the end", async () => {
    const project = await labellingProject(open.db, { tasks: 40, overlap: 1, annotators: 80 });
    // All forty hold theirs before the first ends: a rival takes what is free, whoever was to have it.
    const held = await Promise.all(Array.from({ length: 40 }, (_, place) => taken(project, place)));
    const receipts = await Promise.all(
      held.map(async ({ annotator, task, lease }, place) => {
        const rival = project.annotators[place + 40];
        if (!rival) throw new Error("no rival");
        await endIn(lease.leaseId, 30 + (place % 11) - 5);
        await sleep(30);
        const [receipt] = await Promise.all([
          submitJudgement(open.db, annotator, submissionFor(task)),
          claimFor(project, rival).then(({ tasks }) =>
            tasks[0] ? submitJudgement(open.db, rival, submissionFor(tasks[0])) : undefined,
          ),
        ]);
        return receipt;
      }),
    );
    expect(receipts).toHaveLength(40);
    for (const { judgementId, surplus } of receipts) {
      expect(await open.db.judgement.findUnique({ where: { id: judgementId } })).toMatchObject({ surplus });
    }
  });

  it("counts late work while a slot is free", async () => {
    const project = await labellingProject(open.db, { tasks: 1, overlap: 1, annotators: 1 });
    const { annotator, task, lease } = await taken(project);
    await endIn(lease.leaseId, -1);
    await expireLeases(open.db, project.projectId);
    expect(await submitJudgement(open.db, annotator, submissionFor(task))).toMatchObject({ surplus: false, today: 1 });
  });

  it("keeps late work as surplus when the slot has gone to another", async () => {
    const project = await labellingProject(open.db, { tasks: 1, overlap: 1, annotators: 2 });
    const late = await taken(project);
    await endIn(late.lease.leaseId, -1);
    const prompt = await taken(project, 1);
    expect(await submitJudgement(open.db, late.annotator, submissionFor(late.task))).toMatchObject({
      surplus: true,
      created: true,
      today: 0,
      next: null,
    });
    expect(await submitJudgement(open.db, prompt.annotator, submissionFor(prompt.task))).toMatchObject({
      surplus: false,
    });
  });

  it("lets late work take over the lease that the same annotator has on the task by now", async () => {
    const project = await labellingProject(open.db, { tasks: 1, overlap: 1, annotators: 1 });
    const late = await taken(project);
    await endIn(late.lease.leaseId, -1);
    const again = await taken(project);
    expect(again.task.taskId).toBe(late.task.taskId);
    expect(await submitJudgement(open.db, late.annotator, submissionFor(late.task))).toMatchObject({ surplus: false });
  });

  it("hears one person once on a task, however often it came to them; taken back, they may answer again", async () => {
    const project = await labellingProject(open.db, { tasks: 1, overlap: 2, annotators: 1 });
    const late = await taken(project);
    await endIn(late.lease.leaseId, -1);
    const again = await taken(project);
    const first = await submitJudgement(open.db, late.annotator, submissionFor(late.task));
    const second = submissionFor(again.task);
    await expect(submitJudgement(open.db, late.annotator, second)).rejects.toMatchObject({ code: "conflict" });
    expect(await open.db.judgement.count({ where: { taskId: late.task.taskId } })).toBe(1);
    await undoJudgement(open.db, late.annotator, { judgementId: first.judgementId, idempotencyKey: randomUUID() });
    expect(await submitJudgement(open.db, late.annotator, second)).toMatchObject({ surplus: false, today: 1 });
  });

  it("sweeps the stale leases of all projects, from any number of processes at once", async () => {
    const project = await labellingProject(open.db, { tasks: 60, overlap: 1, annotators: 60 });
    await everybody(project, (who) => claimFor(project, who));
    await open.db
      .$executeRaw`UPDATE lease SET expires_at = now() - interval '1 s' WHERE project_id = ${project.projectId}::uuid`;
    const swept = await Promise.all(Array.from({ length: 8 }, () => expireLeases(open.db)));
    expect(swept.reduce((sum, each) => sum + each, 0)).toBe(60);
    expect(await open.db.task.count({ where: { projectId: project.projectId, state: "open" } })).toBe(60);
  });
});
