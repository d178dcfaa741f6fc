import type { LeasedTask } from "@touchstone/contracts";
import type { Desk } from "./desk.ts";
import { type Sleep, Wakefulness } from "./wakefulness.ts";

/** What the desk without a task is called where it is painted. */
export const restScreen = "rest";

/** What a task is called where it is painted: by its lease, or as something that only stands for it. */
export function screenOf(task: LeasedTask | undefined, blurred: boolean): string {
  if (!task) return restScreen;
  return blurred ? `blurred ${task.lease.id}` : task.lease.id;
}

export interface WakeSnapshot {
  /** Why a choice would not count now. */
  readonly sleep: Sleep | null;
  /** Somebody pressed while asleep, and is owed the reason. */
  readonly pressedAsleep: boolean;
}

/** Keeps the keys asleep until a choice would be one, and says when the page must look awake again. */
export class WakeKeeper {
  readonly #desk: Pick<Desk, "now" | "typing">;
  readonly #onChange: () => void;
  readonly #wake = new Wakefulness();
  #pressedAsleep = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(desk: Pick<Desk, "now" | "typing">, onChange: () => void) {
    this.#desk = desk;
    this.#onChange = onChange;
    this.#wake.follow({ id: restScreen, answers: 0 });
  }

  read(): WakeSnapshot {
    return { sleep: this.#wake.sleepAt(this.#desk.now()), pressedAsleep: this.#pressedAsleep };
  }

  follow(task: LeasedTask | undefined, blurred: boolean): void {
    // Of what is blurred nothing can be seen; revealed, it is another screen, to be looked at anew.
    const answers = blurred ? 0 : (task?.completions.length ?? 0);
    if (!this.#wake.follow({ id: screenOf(task, blurred), answers })) return;
    clearTimeout(this.#timer);
    this.#pressedAsleep = false;
    if (this.#desk.typing()) this.#wake.hush(this.#desk.now());
  }

  painted(screenId: string, at: number): void {
    this.#wake.painted(screenId, at);
    this.#awaken();
  }

  seen(screenId: string, answer: number): void {
    this.#wake.seen(screenId, answer);
    // Within the moment nothing looks different, and the page has better to do than to be drawn again.
    if (!this.#wake.settling(this.#desk.now())) this.#onChange();
  }

  /** The page went out of sight, or came back into it: what stands there has to be looked at anew. */
  visibility(visible: boolean): void {
    if (visible) {
      this.#wake.uncover(this.#desk.now());
      this.#awaken();
      this.#onChange();
    } else {
      this.#wake.cover();
    }
  }

  /** Whether a choice or a skip made then counts. One that does not is owed the reason. */
  counts(at: number): boolean {
    return this.#wake.sleepAt(at) === null || this.#tooSoon(at);
  }

  /** The same of an undo, which is about a task that has been seen before. */
  undoCounts(at: number): boolean {
    return !this.#wake.settling(at) || this.#tooSoon(at);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #tooSoon(at: number): false {
    this.#wake.pressed(at);
    this.#pressedAsleep = true;
    this.#awaken();
    this.#onChange();
    return false;
  }

  #awaken(): void {
    clearTimeout(this.#timer);
    const wait = this.#wake.wakesIn(this.#desk.now());
    if (wait === null) return;
    this.#timer = setTimeout(
      () => {
        if (this.#wake.settling(this.#desk.now())) return this.#awaken();
        this.#pressedAsleep = false;
        this.#onChange();
      },
      // Clocks of pages are coarse: a timer may end a hair before its time.
      Math.max(Math.ceil(wait) + 1, 1),
    );
  }
}
