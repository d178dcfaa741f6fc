import { randomUUID } from "node:crypto";
import type { Answers, JudgementSubmission, LeasedTask, SimulateSpec } from "@touchstone/contracts";
import {
  addAlert,
  claimTasks,
  countPassedBy,
  countStep,
  releaseLease,
  type SimulatedMember,
  simulatedMembers,
  skipTask,
  submitJudgement,
  succeedRun,
} from "@touchstone/persistence";
import { type SimulatedAnnotator, simulatedAnnotator } from "@touchstone/practice";
import type { HeldRun } from "./context.ts";
import { listenTo } from "./listener.ts";
import { simulatedAnswers } from "./simulated-answers.ts";
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

/**
 * One judgement through the same statement that people's go through; tasks that simulated annotators have no rule for are
 * skipped on the way. @returns whether there was a task.
 */
async function judgeOnce(held: HeldRun, desk: Desk): Promise<boolean> {
  const { db, run } = held;
  const who = { workspaceId: run.workspaceId, memberId: desk.member.memberId };
  for (;;) {
    goOn(held);
    desk.task ??= (await claimTasks(db, { ...who, projectId: run.projectId, count: 1 })).tasks[0] ?? null;
    if (!desk.task) return false;
    const answers = await simulatedAnswers(db, desk.annotator, desk.task);
    if (answers !== null) {
      await submit(held, desk, desk.task, answers);
      return true;
    }
    const { id: leaseId, token: leaseToken } = desk.task.lease;
    desk.task = (await skipTask(db, who, { leaseId, leaseToken })).next;
  }
}

function goOn({ lost, stop }: HeldRun): void {
  if (lost.aborted) throw lost.reason;
  if (stop.aborted) throw new RunFailure("cancelled", "The simulation was stopped.");
}

async function submit(held: HeldRun, desk: Desk, { lease }: LeasedTask, answers: Answers): Promise<void> {
  const who = { workspaceId: held.run.workspaceId, memberId: desk.member.memberId };
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
  const receipt = await submitJudgement(held.db, who, submission, (tx) => countStep(tx, held.fence));
  desk.task = receipt.next;
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
  const seated = await seat(held, spec);
  let desks = seated;
  let done = held.run.step;
  while (done < spec.judgements && desks.length > 0) {
    const idle = new Set<Desk>();
    for (const desk of desks) {
      if (done >= spec.judgements) break;
      if (!(await judgeOnce(held, desk))) idle.add(desk);
      else if (++done % reportEvery === 0) await report.onMetric(done, spec.judgements, { judgements: done });
    }
    desks = desks.filter((desk) => !idle.has(desk));
  }
  await leaveDesks(held, desks);
  await report.onMetric(done, spec.judgements, { judgements: done });
  await sayOutcome(held, seated, { made: done, wanted: spec.judgements });
  await succeedRun(held.db, held.run.workspaceId, held.fence, null);
}

/** What was not judged, so that nobody takes a run that has ended for one that made all that was asked for. */
async function sayOutcome(
  { db, fence, run }: HeldRun,
  desks: readonly Desk[],
  { made, wanted }: { made: number; wanted: number },
): Promise<void> {
  const alert = { step: made, level: "warning" } as const;
  const memberIds = desks.map(({ member }) => member.memberId);
  const count = await countPassedBy(db, run.projectId, memberIds, run.startedAt ?? run.createdAt);
  if (count > 0) {
    const message = `Tasks passed by, since simulated annotators have no rule for what they ask: ${count}. Ask people.`;
    await addAlert(db, fence, { ...alert, code: "passed_by", values: { count }, message });
  }
  if (made < wanted) {
    const message = `Judgements made: ${made} of ${wanted}. No open task was left that these annotators could still judge. More tasks, a higher overlap or more annotators make room for the rest.`;
    await addAlert(db, fence, { ...alert, code: "fewer_judgements", values: { made, wanted }, message });
  }
}
