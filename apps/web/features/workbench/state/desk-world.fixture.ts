import { ApiError, ConnectionError } from "@touchstone/api-client";
import type { JudgementSubmission, LeasedTask, ProblemCode, SkipRequest } from "@touchstone/contracts";
import { vi } from "vitest";
import { openMemoryLastStore } from "../outbox/last-store.ts";
import { openMemoryStore } from "../outbox/outbox-store.ts";
import { memberId, much, plainDesk, projectId, readAtOnce } from "./desk.fixture.ts";
import { leasedTask } from "./leased-task.fixture.ts";
import type { WorkbenchApi } from "./session-ports.ts";
import { WorkbenchSession } from "./workbench-session.ts";

/**
 * A small server with tasks 1 to `total`, behind a line that can be cut; and a person at a desk.
 * @param eyes whether they look at what comes, at once
 */
export function world(total = 5, eyes = true) {
  const store = openMemoryStore();
  const lastStore = openMemoryLastStore();
  const skips: SkipRequest[] = [];
  const field = { focused: false };
  const line = { up: true, losesAnswers: false, taken: false, answeredElsewhere: false };
  const undos: string[] = [];
  const held = new Map<string, LeasedTask>();
  const judged = new Map<string, JudgementSubmission>();
  const released: string[] = [];
  /** Of leases that have ended, those under which their tasks went out again: a late answer takes their place. */
  const outlived = new Map<string, string>();
  /** Leases of tasks that were deleted. */
  const withdrawn = new Set<string>();
  let next = 1;
  let now = 0;
  const claimOne = (): LeasedTask | null => {
    if (next > total) return null;
    const task = leasedTask(next++);
    held.set(task.lease.id, task);
    return task;
  };
  const here = () => ({ today: judged.size, total: judged.size, skipped: skips.length });
  const refusal = (code: ProblemCode, reason?: string) =>
    new ApiError({ type: "about:blank", code, title: "", status: 409, detail: "", requestId: "r", reason });
  const reach = async (): Promise<void> => {
    if (!line.up) throw new ConnectionError("cut");
  };
  const api: WorkbenchApi = {
    async claimTasks() {
      await reach();
      while (held.size < 2 && claimOne()) {}
      return { tasks: [...held.values()].slice(0, 2), today: 99, here: here() };
    },
    async submitJudgement({ body }) {
      await reach();
      if (line.answeredElsewhere) {
        held.delete(body.leaseId);
        throw refusal("conflict", "taskAnswered");
      }
      judged.set(body.idempotencyKey, {
        ...body,
        flagged: body.flagged ?? false,
        comment: body.comment ?? "",
        timings: { ...body.timings, firstScrollMs: body.timings.firstScrollMs ?? null },
      });
      held.delete(body.leaseId);
      held.delete(outlived.get(body.leaseId) ?? "");
      return {
        judgementId: body.idempotencyKey,
        surplus: false,
        created: true,
        next: claimOne(),
        today: 99,
        here: here(),
      };
    },
    async undoJudgement({ params, body }) {
      await reach();
      undos.push(body.idempotencyKey);
      judged.delete(params.id);
      const task = { ...leasedTask(1), previousAnswers: much.answers };
      held.set(task.lease.id, task);
      if (line.losesAnswers) throw new ConnectionError("cut");
      return task;
    },
    async correctJudgement() {
      throw refusal("conflict");
    },
    async skipTask({ params, body }) {
      await reach();
      held.delete(params.id);
      skips.push({ ...body, flagged: body.flagged ?? false, comment: body.comment ?? "", reason: body.reason ?? null });
      return { next: claimOne(), here: here() };
    },
    async undoSkip({ params }) {
      await reach();
      const task = [1, 2, 3, 4, 5].map((n) => leasedTask(n)).find(({ lease }) => lease.id === params.id);
      if (!task || line.taken) throw refusal("task_taken");
      const { flagged, comment } = skips.pop() ?? { flagged: false, comment: "" };
      const back = { ...task, note: { flagged, comment } };
      held.set(task.lease.id, back);
      return back;
    },
    async heartbeat({ params }) {
      await reach();
      if (held.has(params.id)) return { expiresAt: "2026-11-23T12:00:00Z" };
      if (withdrawn.has(params.id)) throw refusal("not_found", "taskDeleted");
      throw refusal("lease_expired");
    },
    async releaseLease({ params }) {
      await reach();
      released.push(params.id);
      held.delete(params.id);
      return undefined;
    },
  };
  const clock = () => now;
  const machine = { now: clock, date: () => Date.now(), typing: () => field.focused, online: () => line.up };
  const desk = plainDesk(machine, 100);
  const alone = (work: () => Promise<void>) => work();
  /** A page opened anew: nothing is left but what the server and the browser's database have. */
  const newPage = (): WorkbenchSession => {
    const page = new WorkbenchSession({ api, store, lastStore, desk, alone, projectId, memberId });
    if (eyes) readAtOnce(page, clock);
    return page;
  };
  const session = newPage();
  const pass = async (milliseconds: number): Promise<void> => {
    now += milliseconds;
    await vi.advanceTimersByTimeAsync(Math.min(milliseconds, 60_000));
  };
  /** All leases end, and the first task goes out again under a new one. */
  const forgetLeases = (): LeasedTask => {
    held.clear();
    const again = { ...leasedTask(1), lease: leasedTask(50).lease };
    held.set(again.lease.id, again);
    outlived.set(leasedTask(1).lease.id, again.lease.id);
    return again;
  };
  const withdraw = ({ lease }: LeasedTask): void => {
    held.delete(lease.id);
    withdrawn.add(lease.id);
  };
  const onScreen = () => session.read().work.queue[0]?.taskId;
  return {
    line,
    held,
    judged,
    skips,
    field,
    released,
    undos,
    forgetLeases,
    withdraw,
    session,
    newPage,
    pass,
    onScreen,
  };
}
