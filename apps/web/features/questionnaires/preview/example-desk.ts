import type { Answers, LeasedTask, TaskNote } from "@touchstone/contracts";
import { openMemoryLastStore } from "../../workbench/outbox/last-store.ts";
import { openMemoryStore } from "../../workbench/outbox/outbox-store.ts";
import type { Desk } from "../../workbench/state/desk.ts";
import type { WorkbenchApi } from "../../workbench/state/session-ports.ts";
import { WorkbenchSession } from "../../workbench/state/workbench-session.ts";
import { type ExampleTexts, type ExampleWish, exampleTask } from "./example-task.ts";

/** Whoever sits at a preview is nobody: nothing here is theirs, or stays. */
const nobody = "00000000-0000-4000-8000-000000000000";

/** The workbench's own session over a server that is not there: examples without end, and nothing leaves this page. */
export function openExampleDesk(wish: ExampleWish, texts: ExampleTexts, desk: Desk): WorkbenchSession {
  return openDeskOf(wish.projectId, (nth) => exampleTask(nth, wish, texts), desk);
}

/** The same with tasks of another kind. @param taskOf the nth task that is handed out, counted from 1 */
export function openDeskOf(projectId: string, taskOf: (nth: number) => LeasedTask, desk: Desk): WorkbenchSession {
  return new WorkbenchSession({
    api: exampleApi(taskOf),
    store: openMemoryStore(),
    lastStore: openMemoryLastStore(),
    desk,
    alone: (work) => work(),
    projectId,
    memberId: nobody,
  });
}

/** What was done with a task, so that an undo brings it back as it was left. */
interface Done {
  readonly task: LeasedTask;
  readonly answers: Answers | null;
  readonly note: TaskNote;
}

function exampleApi(taskOf: (nth: number) => LeasedTask): WorkbenchApi {
  const held = new Map<string, LeasedTask>();
  const judged = new Map<string, Done>();
  const skipped = new Map<string, Done>();
  let made = 0;
  const next = (): LeasedTask => {
    made += 1;
    const task = taskOf(made);
    held.set(task.lease.id, task);
    return task;
  };
  const here = () => ({ today: judged.size, total: judged.size, skipped: skipped.size });
  /** A task that was done goes back on the desk. The session undoes nothing that it was not told of. */
  const back = (done: Map<string, Done>, key: string): LeasedTask => {
    const { task, answers, note } = done.get(key) ?? { task: next(), answers: null, note: null };
    done.delete(key);
    held.set(task.lease.id, task);
    return { ...task, previousAnswers: answers, note };
  };
  const take = (leaseId: string): LeasedTask => {
    const task = held.get(leaseId) ?? next();
    held.delete(leaseId);
    return task;
  };
  return {
    async claimTasks({ body }) {
      while (held.size < (body?.count ?? 1)) next();
      return { tasks: [...held.values()], today: judged.size, here: here(), paused: false };
    },
    async submitJudgement({ body: { idempotencyKey, leaseId, answers = {}, flagged = false, comment = "" } }) {
      judged.set(idempotencyKey, { task: take(leaseId), answers, note: { flagged, comment } });
      const receipt = { judgementId: idempotencyKey, surplus: false, created: true, today: judged.size };
      return { ...receipt, next: next(), here: here() };
    },
    async skipTask({ params, body: { flagged = false, comment = "" } }) {
      // Said once more it brings its reason, and the task is gone already.
      if (!skipped.has(params.id)) {
        skipped.set(params.id, { task: take(params.id), answers: null, note: { flagged, comment } });
      }
      return { next: [...held.values()].at(-1) ?? next(), here: here() };
    },
    async undoJudgement({ params }) {
      return back(judged, params.id);
    },
    async undoSkip({ params }) {
      return back(skipped, params.id);
    },
    async correctJudgement() {
      throw new Error("Nothing was judged here that could be corrected.");
    },
    async heartbeat() {
      return { expiresAt: "9999-01-01T00:00:00Z" };
    },
    async releaseLease({ params }) {
      held.delete(params.id);
      return undefined;
    },
  };
}
