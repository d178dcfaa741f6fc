import type { Answers, LeasedTask, TaskNote, Timings } from "@touchstone/contracts";
import type { OutboxStore } from "../outbox/outbox-store.ts";
import type { Desk } from "./desk.ts";
import { noteActivity, noteScroll, noteVisibility, readTiming, startTiming, type Timing } from "./timing.ts";

const nothingSaid: TaskNote = { flagged: false, comment: "" };

/** The answers so far, the flag, the comment and the time spent on the task that is on the screen. */
export class DraftKeeper {
  readonly #desk: Desk;
  readonly #store: OutboxStore;
  readonly #onChange: () => void;
  #of: { readonly leaseId: string; readonly taskId: string } | undefined;
  #timing: Timing;
  #note = nothingSaid;
  #answers: Answers = {};
  /** Written in since the task came: what was kept before must not come over it. */
  #written = false;
  /** Tasks that were flagged or written about and not yet chosen for, in this window or another. */
  readonly #remarked = new Set<string>();
  /** Tasks of which something is answered, and that are not judged yet. */
  readonly #begun = new Set<string>();

  constructor(desk: Desk, store: OutboxStore, onChange: () => void) {
    this.#desk = desk;
    this.#store = store;
    this.#onChange = onChange;
    this.#timing = startTiming(desk.now(), desk.visible());
  }

  note(): TaskNote {
    return this.#note;
  }

  /** What is chosen and written so far, by question; not all of it need be an answer yet. */
  answers(): Answers {
    return this.#answers;
  }

  timings(): Timings {
    return readTiming(this.#timing, this.#desk.now());
  }

  /** Another task is on the screen: its time starts, and what a reload had cut off is taken up. */
  async follow(task: LeasedTask | undefined): Promise<void> {
    const of = task && { leaseId: task.lease.id, taskId: task.taskId };
    if (of?.leaseId === this.#of?.leaseId) return;
    const sameTask = of !== undefined && of.taskId === this.#of?.taskId;
    this.#of = of;
    if (sameTask) {
      // The task stands there under a new lease; whoever reads it or writes about it has not stopped.
      this.save();
      return;
    }
    this.#timing = startTiming(this.#desk.now(), this.#desk.visible());
    this.#note = task?.note ?? nothingSaid;
    this.#answers = task?.previousAnswers ?? {};
    this.#written = false;
    if (!of) return;
    const draft = await this.#store.readDraft(of).catch(() => undefined);
    if (this.#written || this.#of?.leaseId !== of.leaseId) return;
    // What an undo has brought back is nowhere else, if the choice had never left the page.
    if (!draft && (task?.note || task?.previousAnswers)) this.save();
    if (!draft) return;
    this.#timing = startTiming(this.#desk.now(), this.#desk.visible(), draft.timings);
    this.#note = { flagged: draft.flagged, comment: draft.comment };
    this.#answers = draft.answers ?? this.#answers;
    this.#onChange();
  }

  /** Whether something was said of this task or answered, so that it is not given away with it. */
  hasRemark({ taskId }: LeasedTask): boolean {
    return this.#remarked.has(taskId) || this.#begun.has(taskId);
  }

  /** Looks for what was said, in another window or before a reload, of tasks that wait behind the one on the screen. */
  async lookFor(tasks: readonly LeasedTask[]): Promise<void> {
    for (const { taskId, lease, note } of tasks) {
      if (note) this.#mark(taskId, note);
      const draft = await this.#store.readDraft({ leaseId: lease.id, taskId }).catch(() => undefined);
      if (draft) this.#mark(taskId, draft);
      if (draft && Object.keys(draft.answers ?? {}).length > 0) this.#begun.add(taskId);
    }
  }

  #mark(taskId: string, { flagged, comment }: TaskNote): void {
    if (flagged || comment !== "") this.#remarked.add(taskId);
    else this.#remarked.delete(taskId);
  }

  change(note: TaskNote): void {
    this.#note = note;
    if (this.#of) this.#mark(this.#of.taskId, note);
    this.#keep();
  }

  changeAnswers(answers: Answers): void {
    this.#answers = answers;
    // A task that somebody has begun is not given away under their hands.
    if (this.#of) this.#begun.add(this.#of.taskId);
    this.#keep();
  }

  #keep(): void {
    this.#written = true;
    this.save();
    this.#onChange();
  }

  save(): void {
    if (!this.#of) return;
    const draft = { ...this.#of, ...this.#note, answers: this.#answers, timings: this.timings(), savedAt: Date.now() };
    // A full disk must not stop whoever writes; what is on the screen is sent with the choice.
    void this.#store.putDraft(draft).catch(() => undefined);
  }

  /** What was said has gone with the choice. */
  forget({ taskId, lease }: LeasedTask): void {
    this.#remarked.delete(taskId);
    this.#begun.delete(taskId);
    void this.#store.removeDraft({ leaseId: lease.id, taskId }).catch(() => undefined);
  }

  activity(): void {
    this.#timing = noteActivity(this.#timing, this.#desk.now());
  }

  scroll(): void {
    this.#timing = noteScroll(this.#timing, this.#desk.now());
  }

  visibility(visible: boolean): void {
    this.#timing = noteVisibility(this.#timing, visible, this.#desk.now());
    if (!visible) this.save();
  }
}
