import { ApiError, type Client } from "@touchstone/api-client";
import type { LeasedTask, SkipReason, TaskNote } from "@touchstone/contracts";
import { type EntryAuthor, judgementEntry, type OutboxEntry, skipEntry } from "../outbox/entry.ts";
import type { LastStore } from "../outbox/last-store.ts";
import { Outbox, type OutboxPorts, type OutboxSnapshot, type Sent } from "../outbox/outbox.ts";
import type { OutboxStore } from "../outbox/outbox-store.ts";
import { askToUndo, sendEntry } from "../outbox/send-entry.ts";
import type { Desk, InputKind } from "./desk.ts";
import { DoneTasks } from "./done-tasks.ts";
import { DraftKeeper } from "./draft-keeper.ts";
import { LeaseKeeper } from "./lease-keeper.ts";
import type { ScalePart } from "./scale.ts";
import { WakeKeeper, type WakeSnapshot } from "./wake-keeper.ts";
import { type Notice, openingState, reduce, type WorkbenchEvent, type WorkbenchState } from "./workbench-state.ts";

export type WorkbenchApi = Pick<
  Client,
  "claimTasks" | "submitJudgement" | "skipTask" | "undoJudgement" | "undoSkip" | "heartbeat" | "releaseLease"
>;

export interface WorkbenchSnapshot extends WakeSnapshot {
  readonly work: WorkbenchState;
  readonly outbox: OutboxSnapshot;
  readonly note: TaskNote;
  /** The part of the scale that was just chosen, while it flashes. */
  readonly flash: string | null;
}

interface SessionPorts {
  readonly api: WorkbenchApi;
  readonly store: OutboxStore;
  readonly lastStore: LastStore;
  readonly desk: Desk;
  /** Runs a sending while no other window sends. */
  readonly alone: OutboxPorts["alone"];
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
  readonly #wake: WakeKeeper;
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
    this.#wake = new WakeKeeper(desk, () => this.#publish());
    this.#drafts = new DraftKeeper(desk, store, () => this.#publish());
    this.#leases = new LeaseKeeper(api, desk.now(), (leaseId) => this.#lose(leaseId));
    this.#outbox = new Outbox({
      store,
      memberId,
      online: desk.online,
      alone: ports.alone,
      send: (entry) => sendEntry(api, entry),
      onSent: (entry, sent) => this.#acknowledge(entry, sent),
      onSentElsewhere: () => this.#topUp(),
      onRefused: () => this.#topUp(),
      onChange: () => this.#publish(),
    });
    this.#snapshot = this.#look();
  }

  readonly read = (): WorkbenchSnapshot => this.#snapshot;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** First what an earlier page left unsent, then tasks: the server must know what is done before it says what is next. */
  async open(): Promise<void> {
    const { lastStore, memberId, projectId } = this.#ports;
    const last = await lastStore.read(memberId, projectId).catch(() => null);
    if (last) this.#dispatch({ type: "remembered", last });
    await this.#outbox.open();
    await this.claim();
  }

  /** Leaves the desk: the timers stop, and tasks that nobody looks at go back. */
  close(): void {
    this.#stop();
    this.leavePage();
  }

  /** Another window goes on with what this one holds, so nothing goes back. */
  handOver(): void {
    this.#stop();
    this.#drafts.save();
  }

  /** The screen of a task (its lease), or the one without a task, has been before the person's eyes since then. */
  painted(screenId: string, at: number): void {
    this.#wake.painted(screenId, at);
  }

  /** The first line of an answer was on screen, or its element had the focus. */
  seen(leaseId: string, answer: number): void {
    this.#wake.seen(leaseId, answer);
  }

  async claim(): Promise<void> {
    if (this.#claiming) return;
    this.#claiming = true;
    try {
      const { tasks, here, paused } = await this.#ports.api.claimTasks({
        params: { id: this.#ports.projectId },
        body: { count: tasksHeld },
      });
      // What was refused while the project was archived is taken now.
      if (this.#state.standing === "archived") void this.#outbox.resume();
      const shown = this.#receive(tasks);
      const pending = this.#outbox.pendingOf(this.#ports.projectId);
      this.#dispatch({ type: "claimed", tasks: shown, here, pending, paused });
    } catch (error) {
      const archived = error instanceof ApiError && error.code === "project_archived";
      this.#dispatch(archived ? { type: "archived" } : { type: "claim-failed", error });
    } finally {
      this.#claiming = false;
    }
  }

  /** `at`: when the key or the button went down. Says whether it counted. */
  choose(part: ScalePart, input: InputKind, at = this.#ports.desk.now()): boolean {
    const task = this.#taskToActOn(at);
    if (!task) return false;
    const { desk } = this.#ports;
    const key = desk.newKey();
    const note = this.#drafts.note();
    const entry = judgementEntry(this.#author(key), {
      task,
      answer: part.answer,
      timings: this.#drafts.timings(),
      note,
      client: { locale: desk.locale(), viewport: desk.viewport(), input },
    });
    this.#done.add(task.taskId, "answered");
    this.#drafts.forget(task);
    this.#flashOnce(part.key);
    this.#dispatch({ type: "answered", key, answer: part.answer, note, at: desk.date() });
    this.#rememberLast();
    void this.#outbox.add(entry);
    return true;
  }

  skip(at = this.#ports.desk.now()): boolean {
    const task = this.#taskToActOn(at);
    if (!task) return false;
    const key = this.#ports.desk.newKey();
    const note = this.#drafts.note();
    this.#done.add(task.taskId, "skipped");
    this.#drafts.forget(task);
    this.#dispatch({ type: "skipped", key, note, at: this.#ports.desk.date() });
    this.#rememberLast();
    void this.#outbox.add(skipEntry(this.#author(key), task, { note }));
    return true;
  }

  /** Says why the last task was skipped; the skip itself is done, or waits to be sent with its reason. */
  async explainSkip(reason: SkipReason): Promise<void> {
    const { last } = this.#state;
    if (last?.kind !== "skip") return;
    this.#notice("skip-explained");
    const unsent = await this.#outbox.withdraw(last.key);
    const author = this.#author(unsent ? last.key : this.#ports.desk.newKey());
    await this.#outbox.add(skipEntry(author, last.task, unsent ? { note: last.note, reason } : { reason }));
  }

  /** Takes the last choice or skip back: at once if it never left this page, else by asking the server. */
  async undo(at = this.#ports.desk.now()): Promise<void> {
    const { last } = this.#state;
    if (!last || this.#undoing || !this.#wake.undoCounts(at)) return;
    this.#undoing = true;
    try {
      if (await this.#outbox.withdraw(last.key)) {
        const previous = last.kind === "judgement" ? last.answer : last.task.previous;
        return this.#bringBack({ ...last.task, previous, note: last.note });
      }
      await this.#outbox.flush();
      await this.#askToUndo(last.key);
    } finally {
      this.#undoing = false;
    }
  }

  async #askToUndo(key: string): Promise<void> {
    const { last } = this.#state;
    if (last?.key !== key) return;
    const how = last.kind === "skip" ? "skipped" : "answered";
    const { taskId } = last.task;
    if (this.#outbox.holds(key)) return this.#notice("undo-offline");
    const undoKey = last.undoKey ?? this.#ports.desk.newKey();
    this.#dispatch({ type: "undoing", undoKey });
    this.#rememberLast();
    this.#done.undoing(taskId, how, undoKey);
    try {
      const task = await askToUndo(this.#ports.api, last, undoKey);
      if (task) this.#bringBack({ ...task, note: task.note ?? last.note });
      else this.#notice("undo-offline");
    } catch (error) {
      const refused = error instanceof ApiError && !error.retry;
      if (refused) this.#done.undoRefused(taskId, how);
      if (!refused) this.#notice("undo-unanswered");
      else this.#notice(error.code === "task_taken" ? "undo-taken" : "undo-too-late");
    }
  }

  /** A second click of a double click: taken for one. */
  ignoreDoubleClick(): void {
    this.#notice("double-click");
  }

  changeNote(note: TaskNote): void {
    this.#drafts.change(note);
  }

  retry(): void {
    void this.#outbox.resume().then(() => this.#topUp());
  }

  discardRefused(): void {
    for (const { entry } of this.#outbox.read().refused) this.#done.reopen(entry.taskId ?? "");
    void this.#outbox.discardRefused().then(() => this.#topUp());
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

  /** The task that a press at this moment is about; undefined when it would be an accident. */
  #taskToActOn(at: number): LeasedTask | undefined {
    const task = this.#state.queue[0];
    return task && !this.#undoing && this.#wake.counts(at) ? task : undefined;
  }

  #stop(): void {
    this.#wake.stop();
    this.#outbox.close();
  }

  #notice(notice: Notice): void {
    this.#dispatch({ type: "noticed", notice });
  }

  #bringBack(task: LeasedTask): void {
    this.#done.reopen(task.taskId);
    this.#dispatch({ type: "undone", task, writing: this.#ports.desk.typing() });
    this.#rememberLast();
  }

  #rememberLast(): void {
    const { lastStore, memberId, projectId } = this.#ports;
    // Where it cannot be kept, undo lasts as long as the page.
    void lastStore.write(memberId, projectId, this.#state.last).catch(() => undefined);
  }

  #acknowledge(entry: OutboxEntry, sent: Sent): void {
    const { next: brought, here } = sent.kind === "judgement" ? sent.receipt : sent;
    if (entry.projectId !== this.#ports.projectId) {
      // An answer left over from another project: nobody here will work on what came with its receipt.
      if (brought) void this.#leases.release([brought], false);
      return;
    }
    const [next = null] = brought ? this.#receive([brought]) : [];
    const pending = this.#outbox.pendingOf(entry.projectId);
    const { judgementId, surplus } = sent.kind === "judgement" ? sent.receipt : { judgementId: null, surplus: false };
    this.#dispatch({ type: "acknowledged", key: entry.key, judgementId, surplus, next, here, pending });
    this.#rememberLast();
    // The receipt says that nothing is left; the claim looks again without skipping what others just released.
    if (this.#state.queue.length === 0 && pending.judgements === 0) void this.claim();
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
    this.#bringBack(task);
    return false;
  }

  #author(key: string): EntryAuthor {
    return { key, memberId: this.#ports.memberId, projectId: this.#ports.projectId, madeAt: this.#ports.desk.date() };
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
    const task = this.#state.queue[0];
    this.#wake.follow(task);
    void this.#drafts.follow(task);
    this.#publish();
  }

  #publish(): void {
    this.#snapshot = this.#look();
    for (const listener of this.#listeners) listener();
  }

  #look(): WorkbenchSnapshot {
    return {
      work: this.#state,
      outbox: this.#outbox.read(),
      note: this.#drafts.note(),
      flash: this.#flash,
      ...this.#wake.read(),
    };
  }
}
