import type { Answer, JudgementReceipt, LeasedTask } from "@touchstone/contracts";

/** The last choice, as long as it can be taken back. */
export interface LastChoice {
  /** Idempotency key of the judgement. */
  readonly key: string;
  readonly task: LeasedTask;
  readonly answer: Answer;
  /** Which judgement of today it was. */
  readonly ordinal: number;
  /** Known once the judgement is acknowledged. */
  readonly judgementId: string | null;
}

/** What the person should know, in the line where the last choice stands. */
export type Notice = "lease-ended" | "undo-offline" | "undo-unanswered" | "undo-too-late" | "skipped" | "surplus";

export interface WorkbenchState {
  /** `opening` until the first claim is answered; `empty` when nothing is left for this person. */
  readonly phase: "opening" | "ready" | "empty" | "failed";
  /** Leased tasks: the first is on the screen, the others wait without a network wait. */
  readonly queue: readonly LeasedTask[];
  readonly today: number;
  readonly last: LastChoice | null;
  readonly notice: Notice | null;
  readonly error: unknown;
}

export type WorkbenchEvent =
  | {
      readonly type: "claimed";
      readonly tasks: readonly LeasedTask[];
      readonly today: number;
      readonly pending: number;
    }
  | { readonly type: "claim-failed"; readonly error: unknown }
  | { readonly type: "answered"; readonly key: string; readonly answer: Answer }
  | {
      readonly type: "acknowledged";
      readonly key: string;
      readonly receipt: JudgementReceipt;
      readonly pending: number;
    }
  | { readonly type: "skipped" }
  | { readonly type: "next"; readonly task: LeasedTask | null }
  | { readonly type: "undone"; readonly task: LeasedTask }
  | { readonly type: "lost"; readonly leaseIds: readonly string[]; readonly notice?: Notice }
  | { readonly type: "noticed"; readonly notice: Notice };

export const openingState: WorkbenchState = {
  phase: "opening",
  queue: [],
  today: 0,
  last: null,
  notice: null,
  error: null,
};

/** All that can happen at the workbench, without clock, network or screen. */
export function reduce(state: WorkbenchState, event: WorkbenchEvent): WorkbenchState {
  switch (event.type) {
    case "claimed": {
      const queue = event.tasks.reduce(withTask, state.queue);
      const today = event.today + event.pending;
      return { ...state, phase: queue.length > 0 || event.pending > 0 ? "ready" : "empty", queue, today, error: null };
    }
    case "claim-failed":
      return { ...state, phase: state.queue.length > 0 ? state.phase : "failed", error: event.error };
    case "answered": {
      const [task, ...queue] = state.queue;
      if (!task) return state;
      const ordinal = state.today + 1;
      const last = { key: event.key, task, answer: event.answer, ordinal, judgementId: null };
      return { ...state, queue, today: ordinal, last, notice: null };
    }
    case "acknowledged": {
      const { judgementId, next, today, surplus } = event.receipt;
      const last = state.last?.key === event.key ? { ...state.last, judgementId } : state.last;
      return {
        ...withNext(state, next),
        last,
        today: today + event.pending,
        notice: surplus ? "surplus" : state.notice,
      };
    }
    case "skipped":
      return { ...state, queue: state.queue.slice(1), last: null, notice: "skipped" };
    case "next":
      return withNext(state, event.task);
    case "undone": {
      const rest = state.queue.filter(({ taskId }) => taskId !== event.task.taskId);
      const today = Math.max(0, state.today - 1);
      return { ...state, phase: "ready", queue: [event.task, ...rest], today, last: null, notice: null };
    }
    case "lost": {
      const queue = state.queue.filter(({ lease }) => !event.leaseIds.includes(lease.id));
      return { ...state, queue, notice: event.notice ?? state.notice };
    }
    case "noticed":
      return { ...state, notice: event.notice };
  }
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
