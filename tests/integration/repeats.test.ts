import { randomUUID } from "node:crypto";
import type { LeasedTask } from "@touchstone/contracts";
import {
  type Annotator,
  claimTasks,
  openedRows,
  projectFigures,
  releaseLease,
  skipTask,
  submitJudgement,
  undoJudgement,
  undoSkip,
} from "@touchstone/persistence";
import { expect, it } from "vitest";
import { assignmentDatabase } from "../harness/assignment-database.ts";
import { type LabellingProject, labellingProject, submissionFor } from "../harness/labelling-project.ts";

const open = assignmentDatabase(20);

/** After so many judgements of others a task comes again at the earliest, as the database has it. */
const distance = 20;
const everyOther = { repeatShare: 0.5 };

async function annotatorOf(project: LabellingProject, place = 0): Promise<Annotator> {
  const annotator = project.annotators[place];
  if (!annotator) throw new Error("The project has fewer annotators.");
  return annotator;
}

const slotsOf = async (tasks: readonly LeasedTask[]) => {
  const leases = await open.db.lease.findMany({ where: { id: { in: tasks.map(({ lease }) => lease.id) } } });
  return tasks.map(({ lease }) => leases.find(({ id }) => id === lease.id)?.slot ?? 0);
};

/** Judges whatever comes, the first shown of a pair as better, until nothing does. @returns the tasks, in their order */
async function judgeAll(project: LabellingProject, who: Annotator, most = 1_000): Promise<LeasedTask[]> {
  const seen: LeasedTask[] = [];
  let [task] = (await claimTasks(open.db, { ...who, projectId: project.projectId, count: 1 })).tasks;
  while (task && seen.length < most) {
    seen.push(task);
    task = (await submitJudgement(open.db, who, submissionFor(task))).next ?? undefined;
  }
  return seen;
}

it("brings about the share that is asked for again, turned, at a distance, and tells nothing of it at the desk", async () => {
  const project = await labellingProject(open.db, { tasks: 80, overlap: 1, annotators: 1, assignment: everyOther });
  const who = await annotatorOf(project);
  const seen = await judgeAll(project, who);
  const slots = await slotsOf(seen);
  const repeats = seen.filter((_, place) => (slots[place] ?? 0) < 0);
  // Of the sixty that have another twenty after them, half, drawn by a hash.
  expect(repeats.length).toBeGreaterThan(12);
  expect(repeats.length).toBeLessThan(48);
  expect(seen).toHaveLength(80 + repeats.length);
  for (const repeat of repeats) {
    const at = seen.indexOf(repeat);
    const first = seen.findIndex(({ taskId }) => taskId === repeat.taskId);
    const between = slots.slice(first + 1, at).filter((slot) => slot > 0).length;
    expect(between).toBeGreaterThanOrEqual(distance);
    expect(repeat.completions.map(({ id }) => id)).toEqual(seen[first]?.completions.map(({ id }) => id).toReversed());
    expect(Object.keys(repeat)).toEqual(Object.keys(seen[0] ?? {}));
  }
  // Nobody is given a repeat at the end, when nothing else is left.
  expect(slots.at(-1)).toBeGreaterThan(0);
  const kept = await open.db.judgement.count({ where: { projectId: project.projectId, repeat: true } });
  expect(kept).toBe(repeats.length);
  const counted = await open.db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM effective_judgement WHERE project_id = ${project.projectId}::uuid`;
  expect(counted).toEqual([{ count: 80 }]);
  const { here } = await open.claimFor(project, who);
  expect(here.total).toBe(80 + repeats.length);
});

it("draws the same tasks however often it draws, and none where the share is 0 or nobody has chosen one", async () => {
  const drawn = await open.db.$queryRaw<{ share: number; count: number }[]>`
    SELECT s.share::float8 AS share, count(*) FILTER (WHERE is_drawn(${randomUUID()}::uuid, ${randomUUID()}::uuid, n, s.share))::int AS count
    FROM generate_series(1, 20000) n, unnest(ARRAY[0, 0.05, 0.5]::float8[]) AS s(share) GROUP BY s.share ORDER BY s.share`;
  const [none, some, half] = drawn.map(({ count }) => count / 20_000);
  expect(none).toBe(0);
  expect(some).toBeCloseTo(0.05, 2);
  expect(half).toBeCloseTo(0.5, 1);
  const project = await labellingProject(open.db, { tasks: 30, overlap: 1, annotators: 1 });
  expect(await judgeAll(project, await annotatorOf(project))).toHaveLength(30);
});

/** A project in which the next task of its annotator is a repeat; the annotator holds it. */
async function atRepeat() {
  const project = await labellingProject(open.db, { tasks: 40, overlap: 2, annotators: 2, assignment: everyOther });
  const who = await annotatorOf(project);
  let [task] = (await open.claimFor(project, who)).tasks;
  for (let n = 0; task && n < 40; n++) {
    const [slot = 0] = await slotsOf([task]);
    if (slot < 0) return { project, who, task, lease: { leaseId: task.lease.id, leaseToken: task.lease.token } };
    task = (await submitJudgement(open.db, who, submissionFor(task))).next ?? undefined;
  }
  throw new Error("no repeat came");
}

it("can be undone and judged again, skipped and taken back, given back and had later, and never comes a third time", async () => {
  const { project, who, task, lease } = await atRepeat();
  const first = await submitJudgement(open.db, who, submissionFor(task));
  const undone = await undoJudgement(open.db, who, { judgementId: first.judgementId, idempotencyKey: randomUUID() });
  expect(undone.lease.id).toBe(task.lease.id);
  const again = submissionFor(undone);
  const second = await submitJudgement(open.db, who, again);
  expect((await submitJudgement(open.db, who, again)).judgementId).toBe(second.judgementId);
  const rest = await judgeAll(project, who);
  expect(rest.map(({ taskId }) => taskId)).not.toContain(task.taskId);

  const other = await atRepeat();
  await releaseLease(open.db, other.who, other.lease);
  const claimed = (await open.claimFor(other.project, other.who)).tasks;
  // Beside the task that came with the last answer.
  const back = (await open.claimFor(other.project, other.who, 2)).tasks.find(
    ({ taskId }) => taskId === other.task.taskId,
  );
  expect([...claimed, back].map((one) => one?.taskId)).toContain(other.task.taskId);
  const held = back ?? claimed[0];
  if (!held) throw new Error("it did not come back");
  await skipTask(open.db, other.who, { leaseId: held.lease.id, leaseToken: held.lease.token, flagged: true });
  const key = randomUUID();
  const kept = await undoSkip(open.db, other.who, { leaseId: held.lease.id, idempotencyKey: key });
  expect(kept.note?.flagged).toBe(true);
  expect(lease.leaseId).not.toBe(kept.lease.id);
  await submitJudgement(open.db, other.who, submissionFor(kept));
});

it("never repeats what its annotator has undone, and takes nobody's place at the task", async () => {
  const { project, who, task } = await atRepeat();
  // The other annotator gets both places that are left to them, repeat or not.
  const second = await annotatorOf(project, 1);
  const theirs = await judgeAll(project, second, 300);
  expect(theirs.map(({ taskId }) => taskId)).toContain(task.taskId);
  const before = await open.db.lease.findFirstOrThrow({
    where: { taskId: task.taskId, memberId: who.memberId, slot: { gt: 0 } },
  });
  expect(before.state).toBe("judged");
});

it("is judged late too, and by sixteen requests at once only once", async () => {
  const { who, task, project } = await atRepeat();
  await open.db.lease.update({ where: { id: task.lease.id }, data: { state: "expired" } });
  await open.db.$executeRaw`
    INSERT INTO journal (workspace_id, project_id, task_id, lease_id, member_id, event)
    SELECT workspace_id, project_id, task_id, id, member_id, 'expired' FROM lease WHERE id = ${task.lease.id}::uuid`;
  const results = await Promise.allSettled(
    Array.from({ length: 16 }, () => submitJudgement(open.db, who, submissionFor(task))),
  );
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const judged = { taskId: task.taskId, projectId: project.projectId, memberId: who.memberId, repeat: true };
  expect(await open.db.judgement.count({ where: judged })).toBe(1);
});

async function all<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const row of rows) found.push(row);
  return found;
}

it("is compared with what was said first, in canonical order, and goes out where the raw export is asked for it", async () => {
  const { project, who, task } = await atRepeat();
  // The same answer, though it stands on the other side; and then another one, of the next repeat.
  const first = await open.db.judgement.findFirstOrThrow({ where: { taskId: task.taskId, memberId: who.memberId } });
  expect(first.answer).toEqual({ choice: "graded", step: 2 });
  await submitJudgement(open.db, who, submissionFor(task, { answer: { choice: "graded", step: 6 } }));
  const figures = () => projectFigures(open.db, project.workspaceId, project.projectId);
  const same = await figures();
  expect(same.consistency).toEqual({ same: 1, repeats: 1 });
  expect(same.annotators.find(({ memberId }) => memberId === who.memberId)?.consistency).toEqual({
    same: 1,
    repeats: 1,
  });
  const rest = await judgeAll(project, who);
  const slots = await slotsOf(rest);
  const more = slots.filter((slot) => slot < 0).length;
  // Whoever always takes the left one agrees with themselves on no pair.
  expect((await figures()).consistency).toEqual({ same: 1, repeats: 1 + more });
  const scope = { projectId: project.projectId, includeSimulated: false };
  const rows = async (includeRepeats: boolean) => {
    const { repeats } = openedRows(open.db, { ...scope, includeRepeats }, randomUUID());
    return (await all(repeats())).map((one) => one.repeat);
  };
  expect(await rows(false)).toEqual([]);
  expect(await rows(true)).toEqual(Array.from({ length: 1 + more }, () => true));
});
