import type { Answers, LeasedTask, ProjectTally, SkipReason, TaskNote, Wait } from "@touchstone/contracts";
import type { LastDone } from "./last-done.ts";

/** What the person should know, in the line where the last choice stands. */
export type Notice =
  | "lease-ended"
  | "withdrawn"
  | "undo-offline"
  | "undo-unanswered"
  | "undo-too-late"
  | "undo-taken"
  | "skipped"
  | "skipped-blurred"
  | "skip-explained"
  | "surplus"
  | "double-click"
  | "undone-waits";

/** What the browser has and the server's counts do not have yet. */
export interface Pending {
  readonly judgements: number;
  readonly skips: number;
}

export interface WorkbenchState {
  /** `opening` until the first claim is answered; `empty` when nothing is left for this person. */
  readonly phase: "opening" | "ready" | "empty" | "failed";
  /** Whether the project hands out tasks; what is on the desk can be judged while it is paused. */
  readonly standing: "open" | "paused" | "archived";
  /** Without a task: what keeps others from this person. None: nothing is left. */
  readonly waits: readonly Wait[];
  /** Leased tasks: the first is on the screen, the others wait without a network wait. */
  readonly queue: readonly LeasedTask[];
  /** Judged today in this project. */
  readonly today: number;
  /** Judged and skipped in this project, ever; null until the server has said. */
  readonly done: number | null;
  readonly last: LastDone | null;
  readonly notice: Notice | null;
  readonly error: unknown;
}

export type WorkbenchEvent =
  | { readonly type: "remembered"; readonly last: LastDone }
  | {
      readonly type: "claimed";
      readonly tasks: readonly LeasedTask[];
      /** Undefined from an API of an earlier version, which counts all projects together. */
      readonly here: ProjectTally | undefined;
      readonly pending: Pending;
      readonly paused?: boolean | undefined;
      readonly waits?: readonly Wait[] | undefined;
    }
  | { readonly type: "claim-failed"; readonly error: unknown }
  /** The claim was refused because the project can only be read now. */
  | { readonly type: "archived" }
  | {
      readonly type: "answered";
      readonly key: string;
      readonly answers: Answers;
      readonly note: TaskNote;
      readonly at: number;
    }
  | {
      readonly type: "skipped";
      readonly key: string;
      readonly note: TaskNote;
      readonly at: number;
      /** Known where the task was blurred. */
      readonly reason?: SkipReason;
    }
  | {
      readonly type: "acknowledged";
      readonly key: string;
      readonly judgementId: string | null;
      readonly surplus: boolean;
      readonly next: LeasedTask | null;
      readonly here: ProjectTally | undefined;
      readonly pending: Pending;
    }
  /** What was done under this key was refused, or is given up: it has no place among what was done, and cannot be undone. */
  | { readonly type: "void"; readonly key: string }
  | { readonly type: "undoing"; readonly undoKey: string }
  /** `writing`: someone is in the middle of a comment, and nothing may take the task away from under it. */
  | { readonly type: "undone"; readonly task: LeasedTask; readonly writing?: boolean }
  | { readonly type: "lost"; readonly leaseIds: readonly string[]; readonly notice?: Notice }
  | { readonly type: "noticed"; readonly notice: Notice };

export const openingState: WorkbenchState = {
  phase: "opening",
  standing: "open",
  waits: [],
  queue: [],
  today: 0,
  done: null,
  last: null,
  notice: null,
  error: null,
};

/** All that can happen at the workbench, without clock, network or screen. */
export function reduce(state: WorkbenchState, event: WorkbenchEvent): WorkbenchState {
  switch (event.type) {
    case "remembered":
      return state.last ? state : { ...state, last: event.last };
    case "claimed": {
      const queue = event.tasks.reduce(withTask, state.queue);
      const waits = queue.length > 0 || event.pending.judgements + event.pending.skips > 0;
      const standing = event.paused ? "paused" : "open";
      const phase = waits ? "ready" : "empty";
      return { ...state, ...counted(state, event), phase, standing, waits: event.waits ?? [], queue, error: null };
    }
    case "archived":
      return { ...state, phase: state.queue.length > 0 ? "ready" : "empty", standing: "archived", error: null };
    case "claim-failed":
      return { ...state, phase: state.queue.length > 0 ? state.phase : "failed", error: event.error };
    case "answered": {
      const { key, answers, note, at: doneAt } = event;
      const [task, ...queue] = state.queue;
      if (!task) return state;
      const ordinal = state.today + 1;
      const last: LastDone = { kind: "judgement", key, task, note, doneAt, answers, ordinal, judgementId: null };
      return { ...state, queue, today: ordinal, done: plus(state.done, 1), last, notice: null };
    }
    case "skipped": {
      const { key, note, at: doneAt } = event;
      const [task, ...queue] = state.queue;
      if (!task) return state;
      const last: LastDone = { kind: "skip", key, task, note, doneAt };
      return { ...state, queue, done: plus(state.done, 1), last, notice: event.reason ? "skipped-blurred" : "skipped" };
    }
    case "acknowledged":
      return {
        ...withNext(state, event.next),
        ...counted(state, event),
        last: acknowledgedLast(state.last, event),
        notice: event.surplus ? "surplus" : state.notice,
      };
    case "void":
      return state.last?.key === event.key ? { ...state, ...withoutLast(state), notice: null } : state;
    case "undoing":
      return state.last ? { ...state, last: { ...state.last, undoKey: event.undoKey } } : state;
    case "undone": {
      const rest = state.queue.filter(({ taskId }) => taskId !== event.task.taskId);
      const [onScreen, ...behind] = rest;
      const waits = event.writing === true && onScreen !== undefined;
      return {
        ...state,
        ...withoutLast(state),
        phase: "ready",
        queue: waits ? [onScreen, event.task, ...behind] : [event.task, ...rest],
        notice: waits ? "undone-waits" : null,
      };
    }
    case "lost": {
      const queue = state.queue.filter(({ lease }) => !event.leaseIds.includes(lease.id));
      return { ...state, queue, notice: event.notice ?? state.notice };
    }
    case "noticed":
      return { ...state, notice: event.notice };
  }
}

/** The last choice or skip does not count any more. */
function withoutLast({ today, done, last }: WorkbenchState): Pick<WorkbenchState, "today" | "done" | "last"> {
  return { today: Math.max(0, today - (last?.kind === "judgement" ? 1 : 0)), done: plus(done, -1), last: null };
}

const plus = (count: number | null, by: number): number | null => (count === null ? null : count + by);

/** The server's counts of this project with what it has not heard of yet. */
function counted(
  state: WorkbenchState,
  { here, pending }: { readonly here: ProjectTally | undefined; readonly pending: Pending },
): Pick<WorkbenchState, "today" | "done"> {
  if (!here) return { today: state.today, done: state.done };
  return {
    today: here.today + pending.judgements,
    done: here.total + here.skipped + pending.judgements + pending.skips,
  };
}

function acknowledgedLast(
  last: LastDone | null,
  { key, judgementId }: { readonly key: string; readonly judgementId: string | null },
): LastDone | null {
  return last?.kind === "judgement" && last.key === key ? { ...last, judgementId } : last;
}

/**
 * What came with an acknowledgement joins the end of the queue. While answers of an earlier page are being sent, it
 * stays away: the claim that follows brings every lease in its own order, the one that was on the screen first.
 */
function withNext(state: WorkbenchState, next: LeasedTask | null): WorkbenchState {
  return next && state.phase !== "opening" ? { ...state, queue: withTask(state.queue, next) } : state;
}

/** A task that is known already takes its newer form in its old place, also under a new lease; a new one goes to the end. */
function withTask(queue: readonly LeasedTask[], task: LeasedTask): readonly LeasedTask[] {
  const known = queue.some(({ taskId }) => taskId === task.taskId);
  return known ? queue.map((other) => (other.taskId === task.taskId ? task : other)) : [...queue, task];
}
