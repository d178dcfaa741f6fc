import { ApiError } from "@touchstone/api-client";
import type { LeasedTask, SkipReason } from "@touchstone/contracts";
import { skipEntry } from "../outbox/new-entry.ts";
import { askToUndo } from "../outbox/send-entry.ts";
import { authorAt, type SessionParts } from "./session-ports.ts";

/** The last choice or skip for as long as something can be done about it: taken back, or given its reason. */
export class LastKeeper {
  readonly #parts: SessionParts;
  #undoing = false;

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  /** An undo is on its way: the task on the screen may give way to the one that comes back. */
  get undoing(): boolean {
    return this.#undoing;
  }

  /** Takes up what a page before this one did. */
  async recall(): Promise<void> {
    const { ports, board } = this.#parts;
    const last = await ports.lastStore.read(ports.memberId, ports.projectId).catch(() => null);
    if (last) board.dispatch({ type: "remembered", last });
  }

  remember(): void {
    const { ports, board } = this.#parts;
    // Where it cannot be kept, undo lasts as long as the page.
    void ports.lastStore.write(ports.memberId, ports.projectId, board.state.last).catch(() => undefined);
  }

  /** What was done under this key came to nothing: nothing is said to have been chosen, and nothing is there to be undone. */
  forget(key: string): void {
    const { board } = this.#parts;
    if (board.state.last?.key !== key) return;
    board.dispatch({ type: "void", key });
    this.remember();
  }

  /** Says why the last task was skipped; the skip itself is done, or waits to be sent with its reason. */
  async explainSkip(reason: SkipReason): Promise<void> {
    const { ports, board, outbox } = this.#parts;
    const { last } = board.state;
    if (last?.kind !== "skip") return;
    board.notice("skip-explained");
    const unsent = await outbox.withdraw(last.key);
    const author = authorAt(ports, unsent ? last.key : ports.desk.newKey());
    await outbox.add(skipEntry(author, last.task, unsent ? { note: last.note, reason } : { reason }));
  }

  /** Takes the last choice or skip back: at once if it never left this page, else by asking the server. */
  async undo(at: number): Promise<void> {
    const { board, outbox } = this.#parts;
    const { last } = board.state;
    if (!last || this.#undoing || !board.wake.undoCounts(at)) return;
    this.#undoing = true;
    try {
      if (await outbox.withdraw(last.key)) {
        const previousAnswers = last.kind === "judgement" ? last.answers : last.task.previousAnswers;
        return this.bringBack({ ...last.task, previousAnswers, note: last.note });
      }
      await outbox.flush();
      await this.#askServer(last.key);
    } finally {
      this.#undoing = false;
    }
  }

  bringBack(task: LeasedTask): void {
    const { ports, board, done } = this.#parts;
    done.reopen(task.taskId);
    board.dispatch({ type: "undone", task, writing: ports.desk.typing() });
    this.remember();
  }

  async #askServer(key: string): Promise<void> {
    const { ports, board, outbox, done } = this.#parts;
    const { last } = board.state;
    if (last?.key !== key) return;
    const how = last.kind === "skip" ? "skipped" : "answered";
    const { taskId } = last.task;
    if (outbox.holds(key)) return board.notice("undo-offline");
    const undoKey = last.undoKey ?? ports.desk.newKey();
    board.dispatch({ type: "undoing", undoKey });
    this.remember();
    done.undoing(taskId, how, undoKey);
    try {
      const task = await askToUndo(ports.api, last, undoKey);
      if (task) this.bringBack({ ...task, note: task.note ?? last.note });
      else board.notice("undo-offline");
    } catch (error) {
      if (!(error instanceof ApiError) || error.retry) return board.notice("undo-unanswered");
      done.undoRefused(taskId, how);
      board.notice(error.code === "task_taken" ? "undo-taken" : "undo-too-late");
    }
  }
}
