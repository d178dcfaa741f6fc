import type { LeasedTask, Timings } from "@touchstone/contracts";
import type { OutboxStore } from "../outbox/outbox-store.ts";
import type { Desk } from "./desk.ts";
import { noteActivity, noteScroll, noteVisibility, readTiming, startTiming, type Timing } from "./timing.ts";

/** The flag, the comment and the time spent on the task that is on the screen. */
export class DraftKeeper {
  readonly #desk: Desk;
  readonly #store: OutboxStore;
  readonly #onChange: () => void;
  #leaseId: string | undefined;
  #timing: Timing;
  #note = { flagged: false, comment: "" };

  constructor(desk: Desk, store: OutboxStore, onChange: () => void) {
    this.#desk = desk;
    this.#store = store;
    this.#onChange = onChange;
    this.#timing = startTiming(desk.now(), desk.visible());
  }

  note(): { readonly flagged: boolean; readonly comment: string } {
    return this.#note;
  }

  timings(): Timings {
    return readTiming(this.#timing, this.#desk.now());
  }

  /** Another task is on the screen: its time starts, and what a reload had cut off is taken up. */
  async follow(task: LeasedTask | undefined): Promise<void> {
    const leaseId = task?.lease.id;
    if (leaseId === this.#leaseId) return;
    this.#leaseId = leaseId;
    this.#timing = startTiming(this.#desk.now(), this.#desk.visible());
    this.#note = { flagged: false, comment: "" };
    if (!leaseId) return;
    const draft = await this.#store.readDraft(leaseId);
    if (!draft || this.#leaseId !== leaseId) return;
    this.#timing = startTiming(this.#desk.now(), this.#desk.visible(), draft.timings);
    this.#note = { flagged: draft.flagged, comment: draft.comment };
    this.#onChange();
  }

  change(note: { readonly flagged: boolean; readonly comment: string }): void {
    this.#note = note;
    this.save();
    this.#onChange();
  }

  save(): void {
    if (!this.#leaseId) return;
    const draft = { leaseId: this.#leaseId, ...this.#note, timings: this.timings(), savedAt: Date.now() };
    void this.#store.putDraft(draft);
  }

  forget(leaseId: string): void {
    void this.#store.removeDraft(leaseId);
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
