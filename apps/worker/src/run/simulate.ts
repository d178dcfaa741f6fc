import { randomUUID } from "node:crypto";
import type { Answer, Answers, JudgementSubmission, LeasedTask, SimulateSpec } from "@touchstone/contracts";
import {
  claimTasks,
  countStep,
  hiddenAnswers,
  releaseLease,
  type SimulatedMember,
  simulatedMembers,
  skipTask,
  submitJudgement,
  succeedRun,
} from "@touchstone/persistence";
import { judgePair, rate, type SimulatedAnnotator, simulatedAnnotator } from "@touchstone/practice";
import type { HeldRun } from "./context.ts";
import { hiddenUtility } from "./hidden-utility.ts";
import { listenTo } from "./listener.ts";
import { RunFailure } from "./thread.ts";

/** Judgements between two points of the curve: often enough to watch, seldom enough to cost nothing. */
const reportEvery = 20;

interface Desk {
  member: SimulatedMember;
  annotator: SimulatedAnnotator;
  task: LeasedTask | null;
}

async function seat(held: HeldRun, spec: SimulateSpec): Promise<Desk[]> {
  const { run, db } = held;
  const seeds = Array.from({ length: spec.annotators }, (_, index) => `simulated-${run.seed}-${index}`);
  const named = seeds.map((externalId) => ({ externalId, name: simulatedAnnotator(externalId).name }));
  const members = await simulatedMembers(db, run.workspaceId, named);
  return members.map((member) => ({ member, annotator: simulatedAnnotator(member.externalId), task: null }));
}

/** The answers to all questions of a task, or null where one is of a kind that simulated annotators have no rule for. */
async function decide(held: HeldRun, desk: Desk, task: LeasedTask): Promise<Answers | null> {
  const hidden = await hiddenAnswers(
    held.db,
    task.completions.map((completion) => completion.id),
  );
  const judged = task.completions.flatMap(({ id }) => {
    const answer = hidden.get(id);
    return answer ? [{ id, utility: hiddenUtility(answer) }] : [];
  });
  const [left, right] = judged;
  if (!left) throw new RunFailure("internal", "A task without answers cannot be judged.");
  const ruled: Partial<Record<string, Answer>> = {
    rating: rate(desk.annotator, left),
    ...(right ? { preference: judgePair(desk.annotator, left, right) } : {}),
  };
  const answers: Answers = {};
  for (const { name, kind } of task.questions) {
    const answer = ruled[kind];
    if (answer === undefined) return null;
    answers[name] = answer;
  }
  return answers;
}

/** One judgement through the same statement that people's go through. @returns whether there was a task. */
async function judgeOnce(held: HeldRun, desk: Desk): Promise<boolean> {
  const { db, run } = held;
  const who = { workspaceId: run.workspaceId, memberId: desk.member.memberId };
  desk.task ??= (await claimTasks(db, { ...who, projectId: run.projectId, count: 1 })).tasks[0] ?? null;
  if (!desk.task) return false;
  const { lease } = desk.task;
  const answers = await decide(held, desk, desk.task);
  if (answers === null) {
    desk.task = (await skipTask(db, who, { leaseId: lease.id, leaseToken: lease.token })).next;
    return judgeOnce(held, desk);
  }
  const submission: JudgementSubmission = {
    leaseId: lease.id,
    leaseToken: lease.token,
    idempotencyKey: randomUUID(),
    answers,
    timings: { visibleMs: 0, activeMs: 0, firstScrollMs: null },
    flagged: false,
    comment: "",
    client: { locale: "en", viewport: "none", input: "api" },
  };
  const receipt = await submitJudgement(db, who, submission, (tx) => countStep(tx, held.fence));
  desk.task = receipt.next;
  return true;
}

/** Each submit claims the next task; what nobody will judge any more goes back at once, not when its lease runs out. */
async function leaveDesks(held: HeldRun, desks: readonly Desk[]): Promise<void> {
  for (const { member, task } of desks) {
    if (!task) continue;
    const who = { workspaceId: held.run.workspaceId, memberId: member.memberId };
    await releaseLease(held.db, who, { leaseId: task.lease.id, leaseToken: task.lease.token });
  }
}

/** Desk after desk until enough is judged or nobody finds a task; each judgement is counted with itself, so a run that is taken again ends with as many as were asked for. */
export async function simulate(held: HeldRun, spec: SimulateSpec): Promise<void> {
  const report = listenTo(held);
  let desks = await seat(held, spec);
  let done = held.run.step;
  while (done < spec.judgements && desks.length > 0) {
    const idle = new Set<Desk>();
    for (const desk of desks) {
      if (held.lost.aborted) throw held.lost.reason;
      if (held.stop.aborted) throw new RunFailure("cancelled", "The simulation was stopped.");
      if (done >= spec.judgements) break;
      if (!(await judgeOnce(held, desk))) idle.add(desk);
      else if (++done % reportEvery === 0) await report.onMetric(done, spec.judgements, { judgements: done });
    }
    desks = desks.filter((desk) => !idle.has(desk));
  }
  await leaveDesks(held, desks);
  await report.onMetric(done, spec.judgements, { judgements: done });
  await succeedRun(held.db, held.run.workspaceId, held.fence, null);
}
