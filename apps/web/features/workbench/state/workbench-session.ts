import { ApiError, type Client } from "@touchstone/api-client";
import type { LeasedTask } from "@touchstone/contracts";
import { type EntryAuthor, judgementEntry, type OutboxEntry, skipEntry } from "../outbox/entry.ts";
import { Outbox, type OutboxSnapshot, type Sent } from "../outbox/outbox.ts";
import type { OutboxStore } from "../outbox/outbox-store.ts";
import type { Desk, InputKind } from "./desk.ts";
import { DoneTasks } from "./done-tasks.ts";
import { DraftKeeper } from "./draft-keeper.ts";
import { LeaseKeeper } from "./lease-keeper.ts";
import type { ScalePart } from "./scale.ts";
import { openingState, reduce, type WorkbenchEvent, type WorkbenchState } from "./workbench-state.ts";

export type WorkbenchApi = Pick<
  Client,
  "claimTasks" | "submitJudgement" | "skipTask" | "undoJudgement" | "heartbeat" | "releaseLease"
>;

export interface WorkbenchSnapshot {
  readonly work: WorkbenchState;
  readonly outbox: OutboxSnapshot;
  readonly note: { readonly flagged: boolean; readonly comment: string };
  /** The part of the scale that was just chosen, while it flashes. */
  readonly flash: string | null;
}

interface SessionPorts {
  readonly api: WorkbenchApi;
  readonly store: OutboxStore;
  readonly desk: Desk;
  readonly projectId: string;
  readonly memberId: string;
}

/** One on the screen, one behind it: the next is there without a network wait. */
const tasksHeld = 2;
const flashMs = 140;

/** One person's work on one project: decides nothing itself, but joins state, outbox, drafts and leases. */
export class WorkbenchSession {
  readonly #ports: SessionPorts;
  readonly #outbox: Outbox;
  readonly #drafts: DraftKeeper;
  readonly #leases: LeaseKeeper;
  readonly #listeners = new Set<() => void>();
  #state = openingState;
  #flash: string | null = null;
  readonly #done = new DoneTasks();
  #claiming = false;
  #undoing = false;
  #snapshot: WorkbenchSnapshot;

  constructor(ports: SessionPorts) {
    this.#ports = ports;
    const { store, desk, memberId, api } = ports;
    this.#drafts = new DraftKeeper(desk, store, () => this.#publish());
    this.#leases = new LeaseKeeper(api, desk.now(), (leaseId) => this.#lose(leaseId));
    this.#outbox = new Outbox({
      store,
      memberId,
      online: desk.online,
      send: (entry) => this.#send(entry),
      onSent: (entry, sent) => this.#acknowledge(entry, sent),
      onChange: () => this.#publish(),
    });
    this.#snapshot = { work: this.#state, outbox: this.#outbox.read(), note: this.#drafts.note(), flash: null };
  }

  readonly read = (): WorkbenchSnapshot => this.#snapshot;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** First what an earlier page left unsent, then tasks: the server must know what is done before it says what is next. */
  async open(): Promise<void> {
    await this.#outbox.open();
    await this.claim();
  }

  /** Leaves the desk: the timer stops, and tasks that nobody looks at go back. */
  close(): void {
    this.#outbox.close();
    this.leavePage();
  }

  async claim(): Promise<void> {
    if (this.#claiming) return;
    this.#claiming = true;
    try {
      const { tasks, today } = await this.#ports.api.claimTasks({
        params: { id: this.#ports.projectId },
        body: { count: tasksHeld },
      });
      const shown = this.#receive(tasks);
      const pending = this.#outbox.pendingJudgements(this.#ports.projectId);
      this.#dispatch({ type: "claimed", tasks: shown, today, pending });
    } catch (error) {
      this.#dispatch({ type: "claim-failed", error });
    } finally {
      this.#claiming = false;
    }
  }

  choose(part: ScalePart, input: InputKind): void {
    const task = this.#state.queue[0];
    // A key that bounces would judge a task that nobody has seen.
    if (!task || this.#undoing || this.#flash !== null) return;
    const key = this.#ports.desk.newKey();
    const entry = judgementEntry(this.#author(key), {
      task,
      answer: part.answer,
      timings: this.#drafts.timings(),
      note: this.#drafts.note(),
      client: { locale: this.#ports.desk.locale(), viewport: this.#ports.desk.viewport(), input },
    });
    this.#done.add(task.taskId, "answered");
    this.#drafts.forget(task.lease.id);
    this.#flashOnce(part.key);
    this.#dispatch({ type: "answered", key, answer: part.answer });
    void this.#outbox.add(entry);
  }

  skip(): void {
    const task = this.#state.queue[0];
    if (!task || this.#undoing) return;
    this.#done.add(task.taskId, "skipped");
    this.#drafts.forget(task.lease.id);
    this.#dispatch({ type: "skipped" });
    void this.#outbox.add(skipEntry(this.#author(this.#ports.desk.newKey()), task));
  }

  /** Takes the last choice back: at once if it never left this page, else by asking the server to retract it. */
  async undo(): Promise<void> {
    const last = this.#state.last;
    if (!last || this.#undoing) return;
    this.#undoing = true;
    try {
      if (await this.#outbox.withdraw(last.key)) {
        this.#done.reopen(last.task.taskId);
        this.#dispatch({ type: "undone", task: { ...last.task, previous: last.answer } });
        return;
      }
      await this.#outbox.flush();
      const judgementId = this.#state.last?.judgementId;
      if (!judgementId) return this.#dispatch({ type: "noticed", notice: "undo-offline" });
      const idempotencyKey = this.#done.undoKey(last.task.taskId, this.#ports.desk.newKey);
      const task = await this.#ports.api.undoJudgement({ params: { id: judgementId }, body: { idempotencyKey } });
      this.#done.reopen(task.taskId);
      this.#dispatch({ type: "undone", task });
    } catch (error) {
      const late = error instanceof ApiError && !error.retry;
      if (late) this.#done.undoRefused(last.task.taskId);
      this.#dispatch({ type: "noticed", notice: late ? "undo-too-late" : "undo-unanswered" });
    } finally {
      this.#undoing = false;
    }
  }

  changeNote(note: { readonly flagged: boolean; readonly comment: string }): void {
    this.#drafts.change(note);
  }

  retry(): void {
    void this.#outbox.resume().then(() => this.#topUp());
  }

  discardRefused(): void {
    for (const { entry } of this.#outbox.read().refused) this.#done.reopen(entry.taskId ?? "");
    void this.#outbox.discardRefused();
  }

  /** A key, the pointer or a finger moved. */
  activity(): void {
    this.#drafts.activity();
    this.#here();
  }

  scrolled(): void {
    this.#drafts.scroll();
    this.#here();
  }

  visibility(visible: boolean): void {
    this.#drafts.visibility(visible);
    this.#here();
  }

  /** Called every few seconds: renews leases while someone is here, gives spare ones back when nobody is. */
  tick(): void {
    const { queue, phase } = this.#state;
    const now = this.#ports.desk.now();
    if (this.#leases.away(now)) {
      if (queue.length > 1) this.#releaseSpare(false);
    } else if (phase === "empty" || phase === "failed") void this.claim();
    else if (queue.length > 0 && this.#leases.due(queue, now)) void this.#leases.beat(queue, now);
  }

  /** The page goes away, perhaps to come back: the task on the screen stays ours, the spare one does not. */
  leavePage(): void {
    this.#drafts.save();
    this.#releaseSpare(true);
  }

  #here(): void {
    const now = this.#ports.desk.now();
    if (!this.#leases.sign(now, this.#ports.desk.visible())) return;
    void this.#leases.beat(this.#state.queue.slice(0, 1), now).then(() => this.#topUp());
  }

  #topUp(): void {
    if (this.#state.queue.length < tasksHeld && this.#state.phase !== "opening") void this.claim();
  }

  #releaseSpare(keepalive: boolean): void {
    const spare = this.#state.queue.slice(1);
    if (spare.length === 0) return;
    this.#dispatch({ type: "lost", leaseIds: spare.map(({ lease }) => lease.id) });
    void this.#leases.release(spare, keepalive);
  }

  #lose(leaseId: string): void {
    const onScreen = this.#state.queue[0]?.lease.id === leaseId;
    this.#dispatch({ type: "lost", leaseIds: [leaseId], ...(onScreen ? { notice: "lease-ended" } : {}) });
    this.#topUp();
  }

  async #send(entry: OutboxEntry): Promise<Sent> {
    const { api } = this.#ports;
    if (entry.kind === "judgement") {
      return { kind: "judgement", receipt: await api.submitJudgement({ body: entry.submission }) };
    }
    const skipped = await api.skipTask({ params: { id: entry.leaseId }, body: { leaseToken: entry.leaseToken } });
    return { kind: "skip", next: skipped.next };
  }

  #acknowledge(entry: OutboxEntry, sent: Sent): void {
    const brought = sent.kind === "judgement" ? sent.receipt.next : sent.next;
    if (entry.projectId !== this.#ports.projectId) {
      // An answer left over from another project: nobody here will work on what came with its receipt.
      if (brought) void this.#leases.release([brought], false);
      return;
    }
    const [next = null] = brought ? this.#receive([brought]) : [];
    const pending = this.#outbox.pendingJudgements(entry.projectId);
    if (sent.kind === "judgement")
      this.#dispatch({ type: "acknowledged", key: entry.key, receipt: { ...sent.receipt, next }, pending });
    else this.#dispatch({ type: "next", task: next });
    // The receipt says that nothing is left; the claim looks again without skipping what others just released.
    if (this.#state.queue.length === 0 && pending === 0) void this.claim();
  }

  /** The one door for tasks that the server hands out: those to be shown pass, for the others is done what they need. */
  #receive(tasks: readonly LeasedTask[]): readonly LeasedTask[] {
    const waiting = this.#outbox.taskIds();
    return tasks.filter((task) => {
      if (waiting.includes(task.taskId)) return false;
      const fate = this.#done.fateOf(task.taskId);
      if (fate === "skip-again") void this.#outbox.add(skipEntry(this.#author(this.#ports.desk.newKey()), task));
      else if (fate === "give-back" && !this.#undoing) void this.#leases.release([task], false);
      else if (fate === "undone" && !this.#undoing) return this.#undone(task);
      return fate === "show";
    });
  }

  /** The task is back. Says whether it has yet to find its place: the last choice goes before all others by itself. */
  #undone(task: LeasedTask): boolean {
    this.#done.reopen(task.taskId);
    if (this.#state.last?.task.taskId !== task.taskId) return true;
    this.#dispatch({ type: "undone", task });
    return false;
  }

  #author(key: string): EntryAuthor {
    return { key, memberId: this.#ports.memberId, projectId: this.#ports.projectId, madeAt: Date.now() };
  }

  #flashOnce(key: string): void {
    this.#flash = key;
    setTimeout(() => {
      this.#flash = null;
      this.#publish();
    }, flashMs);
  }

  #dispatch(event: WorkbenchEvent): void {
    this.#state = reduce(this.#state, event);
    void this.#drafts.follow(this.#state.queue[0]);
    this.#publish();
  }

  #publish(): void {
    this.#snapshot = {
      work: this.#state,
      outbox: this.#outbox.read(),
      note: this.#drafts.note(),
      flash: this.#flash,
    };
    for (const listener of this.#listeners) listener();
  }
}
