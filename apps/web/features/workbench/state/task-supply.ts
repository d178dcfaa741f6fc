import { ApiError } from "@touchstone/api-client";
import type { LeasedTask } from "@touchstone/contracts";
import type { OutboxEntry } from "../outbox/entry.ts";
import { skipEntry } from "../outbox/new-entry.ts";
import type { Sent } from "../outbox/outbox.ts";
import type { LastKeeper } from "./last-keeper.ts";
import { LeaseKeeper } from "./lease-keeper.ts";
import { authorAt, type SessionParts } from "./session-ports.ts";

/** One on the screen, one behind it: the next is there without a network wait. */
const tasksHeld = 2;

/** Brings tasks to the desk, holds them while someone is there, and gives back what nobody looks at. */
export class TaskSupply {
  readonly #parts: SessionParts;
  readonly #last: LastKeeper;
  readonly #leases: LeaseKeeper;
  #claiming = false;

  constructor(parts: SessionParts, last: LastKeeper) {
    this.#parts = parts;
    this.#last = last;
    const { api, desk } = parts.ports;
    this.#leases = new LeaseKeeper(api, desk.now(), (leaseId, gone) => this.#lose(leaseId, gone));
  }

  async claim(): Promise<void> {
    if (this.#claiming) return;
    this.#claiming = true;
    const { ports, board, outbox, done } = this.#parts;
    const { heard } = done;
    try {
      const { tasks, here, paused, waits } = await ports.api.claimTasks({
        params: { id: ports.projectId },
        body: { count: tasksHeld },
      });
      // What was refused while the project was archived is taken now.
      if (board.state.standing === "archived") void outbox.resume();
      const shown = this.#receive(tasks, heard);
      const pending = outbox.pendingOf(ports.projectId);
      board.dispatch({ type: "claimed", tasks: shown, here, pending, paused, waits });
    } catch (error) {
      const archived = error instanceof ApiError && error.code === "project_archived";
      board.dispatch(archived ? { type: "archived" } : { type: "claim-failed", error });
    } finally {
      this.#claiming = false;
    }
  }

  topUp(): void {
    const { queue, phase } = this.#parts.board.state;
    if (queue.length < tasksHeld && phase !== "opening") void this.claim();
  }

  /** The server has an answer or a skip, and may have sent the next task with its receipt. */
  acknowledge(entry: OutboxEntry, sent: Sent): void {
    // Whoever asks for the list of what was judged sees it there.
    if (sent.kind === "correction") return;
    const { ports, board, outbox, done } = this.#parts;
    const { next: brought, here } = sent.kind === "judgement" ? sent.receipt : sent;
    if (entry.projectId !== ports.projectId) {
      // An answer left over from another project: nobody here will work on what came with its receipt.
      if (brought) void this.#leases.release([brought], false);
      return;
    }
    // A skip under a lease that has ended may come to nothing, and is said again.
    if (sent.kind === "judgement" && entry.taskId !== undefined) done.acknowledged(entry.taskId);
    const [next = null] = brought ? this.#receive([brought], done.heard) : [];
    const pending = outbox.pendingOf(entry.projectId);
    const { judgementId, surplus } = sent.kind === "judgement" ? sent.receipt : { judgementId: null, surplus: false };
    board.dispatch({ type: "acknowledged", key: entry.key, judgementId, surplus, next, here, pending });
    this.#last.remember();
    // The receipt says that nothing is left; the claim looks again without skipping what others just released.
    if (board.state.queue.length === 0 && pending.judgements === 0) void this.claim();
  }

  /** Someone is here: whoever was away may have lost tasks meanwhile. */
  signOfLife(): void {
    const { ports, board } = this.#parts;
    const now = ports.desk.now();
    if (!this.#leases.sign(now, ports.desk.visible())) return;
    void this.#leases.beat(board.state.queue.slice(0, 1), now).then(() => this.topUp());
  }

  /** Renews leases while someone is here, gives spare ones back when nobody is. */
  tick(): void {
    const { ports, board } = this.#parts;
    const { queue, phase, error } = board.state;
    const now = ports.desk.now();
    if (this.#leases.away(now)) {
      if (queue.length > 1) this.releaseSpare(false);
    } else if (phase === "empty" || (phase === "failed" && !wantsReading(error))) void this.claim();
    else if (queue.length > 0 && this.#leases.due(queue, now)) void this.#leases.beat(queue, now);
  }

  /** Gives back what is not on the screen, but for tasks that were written about: they would come back without their place. */
  releaseSpare(keepalive: boolean): void {
    const { board } = this.#parts;
    const spare = board.state.queue.slice(1).filter((task) => !board.drafts.hasRemark(task));
    if (spare.length === 0) return;
    board.dispatch({ type: "lost", leaseIds: spare.map(({ lease }) => lease.id) });
    void this.#leases.release(spare, keepalive);
  }

  #lose(leaseId: string, withdrawn: boolean): void {
    const { board } = this.#parts;
    const onScreen = board.state.queue[0]?.lease.id === leaseId;
    board.dispatch({
      type: "lost",
      leaseIds: [leaseId],
      ...(onScreen ? { notice: withdrawn ? "withdrawn" : "lease-ended" } : {}),
    });
    this.topUp();
  }

  /** The one door for tasks that the server hands out: those to be shown pass, for the others is done what they need. */
  #receive(tasks: readonly LeasedTask[], heard: number): readonly LeasedTask[] {
    const { ports, board, outbox, done } = this.#parts;
    const waiting = outbox.taskIds();
    const shown = tasks.filter((task) => {
      if (waiting.includes(task.taskId)) return false;
      const fate = done.fateOf(task.taskId, heard);
      if (fate === "skip-again") void outbox.add(skipEntry(authorAt(ports, ports.desk.newKey()), task));
      else if (fate === "give-back" && !this.#last.undoing) void this.#leases.release([task], false);
      else if (fate === "undone" && !this.#last.undoing) return this.#undone(task);
      return fate === "show";
    });
    void board.drafts.lookFor(shown);
    return shown;
  }

  /** The task is back. Says whether it has yet to find its place: the last choice goes before all others by itself. */
  #undone(task: LeasedTask): boolean {
    const { board, done } = this.#parts;
    done.reopen(task.taskId);
    if (board.state.last?.task.taskId !== task.taskId) return true;
    this.#last.bringBack(task);
    return false;
  }
}

/** Refused until somebody has read the guideline: asking again by itself brings nothing. */
const wantsReading = (error: unknown): boolean =>
  error instanceof ApiError && error.refusal?.reason === "unreadGuideline";
