import type { Answers, TaskNote } from "@touchstone/contracts";
import type { Outbox, OutboxSnapshot } from "../outbox/outbox.ts";
import type { OutboxStore } from "../outbox/outbox-store.ts";
import type { Desk } from "./desk.ts";
import { DraftKeeper } from "./draft-keeper.ts";
import { WakeKeeper, type WakeSnapshot } from "./wake-keeper.ts";
import { type Notice, openingState, reduce, type WorkbenchEvent, type WorkbenchState } from "./workbench-state.ts";

export interface WorkbenchSnapshot extends WakeSnapshot {
  readonly work: WorkbenchState;
  readonly outbox: OutboxSnapshot;
  readonly note: TaskNote;
  /** What is chosen and written so far of the task on the screen, by question. */
  readonly answers: Answers;
  /** The part of the scale that was just chosen, while it flashes. */
  readonly flash: string | null;
  /** Whether nothing of the task on the screen is shown before the person reveals it. */
  readonly blurred: boolean;
}

const flashMs = 140;

/** What stands on the desk at this moment, told to whoever draws it. Draft and wakefulness follow the task on the screen. */
export class WorkBoard {
  readonly drafts: DraftKeeper;
  readonly wake: WakeKeeper;
  readonly #desk: Desk;
  readonly #outbox: Outbox;
  readonly #listeners = new Set<() => void>();
  #state = openingState;
  #flash: string | null = null;
  #snapshot: WorkbenchSnapshot;

  constructor(desk: Desk, store: OutboxStore, outbox: Outbox) {
    this.#desk = desk;
    this.#outbox = outbox;
    this.wake = new WakeKeeper(desk, () => this.publish());
    this.drafts = new DraftKeeper(desk, store, () => this.publish());
    this.#snapshot = this.#compose();
  }

  get state(): WorkbenchState {
    return this.#state;
  }

  readonly read = (): WorkbenchSnapshot => this.#snapshot;
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  dispatch(event: WorkbenchEvent): void {
    this.#state = reduce(this.#state, event);
    void this.drafts.follow(this.#state.queue[0]);
    this.look();
  }

  /** What is on the screen may have been revealed, or another task has come. */
  look(): void {
    this.wake.follow(this.#state.queue[0], this.blurred);
    this.publish();
  }

  get blurred(): boolean {
    const task = this.#state.queue[0];
    return task?.blurred === true && !this.#desk.revealed(task.taskId);
  }

  notice(notice: Notice): void {
    this.dispatch({ type: "noticed", notice });
  }

  /** A part of the scale lights up; the next thing that is published shows it. */
  flashOnce(key: string): void {
    this.#flash = key;
    setTimeout(() => {
      this.#flash = null;
      this.publish();
    }, flashMs);
  }

  publish(): void {
    this.#snapshot = this.#compose();
    for (const listener of this.#listeners) listener();
  }

  #compose(): WorkbenchSnapshot {
    return {
      work: this.#state,
      outbox: this.#outbox.read(),
      note: this.drafts.note(),
      answers: this.drafts.answers(),
      flash: this.#flash,
      blurred: this.blurred,
      ...this.wake.read(),
    };
  }
}
