import type { Answers, LeasedTask, SkipReason, TaskNote } from "@touchstone/contracts";
import type { OutboxEntry } from "../outbox/entry.ts";
import { judgementEntry, skipEntry } from "../outbox/new-entry.ts";
import { Outbox, type Standing } from "../outbox/outbox.ts";
import { sendEntry } from "../outbox/send-entry.ts";
import type { InputKind } from "./desk.ts";
import { DoneTasks } from "./done-tasks.ts";
import { LastKeeper } from "./last-keeper.ts";
import { authorAt, type SessionPorts } from "./session-ports.ts";
import { TaskSupply } from "./task-supply.ts";
import { WorkBoard, type WorkbenchSnapshot } from "./work-board.ts";

/** Answers to a task's questions, and the key of the part that lights up for them, if they were one press. */
export interface Choice {
  readonly answers: Answers;
  readonly flash: string | null;
}

/** One person's work on one project: what they do at the desk, handed to board, outbox, last choice and supply. */
export class WorkbenchSession {
  readonly #ports: SessionPorts;
  readonly #outbox: Outbox;
  readonly #board: WorkBoard;
  readonly #done = new DoneTasks();
  readonly #last: LastKeeper;
  readonly #supply: TaskSupply;

  constructor(ports: SessionPorts) {
    this.#ports = ports;
    const { store, desk, memberId, api } = ports;
    this.#outbox = new Outbox({
      store,
      memberId,
      online: desk.online,
      alone: ports.alone,
      send: (entry) => sendEntry(api, entry),
      onSent: (entry, sent) => this.#supply.acknowledge(entry, sent),
      onSentElsewhere: () => this.#supply.topUp(),
      onRefused: ({ key }) => {
        this.#last.forget(key);
        this.#supply.topUp();
      },
      onChange: () => this.#board.publish(),
    });
    this.#board = new WorkBoard(desk, store, this.#outbox);
    const parts = { ports, board: this.#board, outbox: this.#outbox, done: this.#done };
    this.#last = new LastKeeper(parts);
    this.#supply = new TaskSupply(parts, this.#last);
  }

  readonly read = (): WorkbenchSnapshot => this.#board.read();
  readonly subscribe = (listener: () => void): (() => void) => this.#board.subscribe(listener);

  /** First what an earlier page left unsent, then tasks: the server must know what is done before it says what is next. */
  async open(): Promise<void> {
    await this.#last.recall();
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
    this.#board.drafts.save();
  }

  /** The screen of a task (its lease), or the one without a task, has been before the person's eyes since then. */
  painted(screenId: string, at: number): void {
    this.#board.wake.painted(screenId, at);
  }

  /** The first line of an answer was on screen, or its element had the focus. */
  seen(leaseId: string, answer: number): void {
    this.#board.wake.seen(leaseId, answer);
  }

  claim(): Promise<void> {
    return this.#supply.claim();
  }

  /** Judges the task with these answers. `at`: when the key or the button went down. Says whether it counted. */
  judge({ answers, flash }: Choice, input: InputKind, at = this.#ports.desk.now()): boolean {
    const task = this.#taskToActOn(at);
    if (!task || this.#board.blurred) return false;
    const { desk } = this.#ports;
    const { drafts } = this.#board;
    const key = desk.newKey();
    const note = drafts.note();
    const entry = judgementEntry(authorAt(this.#ports, key), {
      task,
      answers,
      timings: drafts.timings(),
      note,
      client: { locale: desk.locale(), viewport: desk.viewport(), input },
    });
    this.#done.add(task.taskId, "answered");
    drafts.forget(task);
    if (flash !== null) this.#board.flashOnce(flash);
    this.#board.dispatch({ type: "answered", key, answers, note, at: desk.date() });
    this.#last.remember();
    void this.#outbox.add(entry);
    return true;
  }

  /** What is chosen and written so far of the task on the screen. Kept, and sent with the judgement alone. */
  changeAnswers(answers: Answers): void {
    this.#board.drafts.changeAnswers(answers);
  }

  /** Whether a press at this moment is meant for the task on the screen; one that is not is told so. */
  counts(at = this.#ports.desk.now()): boolean {
    return this.#taskToActOn(at) !== undefined;
  }

  /** Shows the task on the screen that was blurred. The choice holds for this task, also when it comes back. */
  reveal(at = this.#ports.desk.now()): void {
    const task = this.#taskToActOn(at);
    if (!task) return;
    this.#ports.desk.reveal(task.taskId);
    this.#board.look();
  }

  /** Nothing is blurred for this person any more, or it is again. */
  look(): void {
    this.#board.look();
  }

  /** A task that is still blurred has its reason. */
  skip(at = this.#ports.desk.now()): boolean {
    const task = this.#taskToActOn(at);
    if (!task) return false;
    const { desk } = this.#ports;
    const { drafts } = this.#board;
    const key = desk.newKey();
    const note = drafts.note();
    const said: { note: TaskNote; reason?: SkipReason } = this.#board.blurred
      ? { note, reason: "sensitive" }
      : { note };
    this.#done.add(task.taskId, "skipped");
    drafts.forget(task);
    this.#board.dispatch({ type: "skipped", key, ...said, at: desk.date() });
    this.#last.remember();
    void this.#outbox.add(skipEntry(authorAt(this.#ports, key), task, said));
    return true;
  }

  /** Says why the last task was skipped. */
  explainSkip(reason: SkipReason): Promise<void> {
    return this.#last.explainSkip(reason);
  }

  /** Takes the last choice or skip back. */
  undo(at = this.#ports.desk.now()): Promise<void> {
    return this.#last.undo(at);
  }

  /** A second click of a double click: taken for one. */
  ignoreDoubleClick(): void {
    this.#board.notice("double-click");
  }

  changeNote(note: TaskNote): void {
    this.#board.drafts.change(note);
  }

  retry(): void {
    void this.#outbox.resume().then(() => this.#supply.topUp());
  }

  /** What waits to be sent, one by one. */
  standing(): Standing {
    return this.#outbox.standing();
  }

  /** Takes one thing that waits away for good; its task may come again. */
  async discard({ key, taskId }: OutboxEntry): Promise<void> {
    if (taskId !== undefined) this.#done.reopen(taskId);
    this.#last.forget(key);
    await this.#outbox.discard(key);
    void this.#supply.topUp();
  }

  discardRefused(): void {
    for (const { entry } of this.#outbox.read().refused) {
      // An earlier version of this page kept entries without their task.
      if (entry.taskId !== undefined) this.#done.reopen(entry.taskId);
    }
    // A correction is given up where it can be read and opened again.
    void this.#outbox.discardRefused(({ kind }) => kind !== "correction").then(() => this.#supply.topUp());
  }

  /** A key, the pointer or a finger moved. */
  activity(): void {
    this.#board.drafts.activity();
    this.#supply.signOfLife();
  }

  scrolled(): void {
    this.#board.drafts.scroll();
    this.#supply.signOfLife();
  }

  visibility(visible: boolean): void {
    this.#board.wake.visibility(visible);
    this.#board.drafts.visibility(visible);
    this.#supply.signOfLife();
  }

  /** Called every few seconds. */
  tick(): void {
    this.#supply.tick();
  }

  /** The page goes away, perhaps to come back: the task on the screen stays ours, the spare one does not. */
  leavePage(): void {
    this.#board.drafts.save();
    this.#supply.releaseSpare(true);
  }

  /** The task that a press at this moment is about; undefined when it would be an accident. */
  #taskToActOn(at: number): LeasedTask | undefined {
    const task = this.#board.state.queue[0];
    return task && !this.#last.undoing && this.#board.wake.counts(at) ? task : undefined;
  }

  #stop(): void {
    this.#board.wake.stop();
    this.#outbox.close();
  }
}
