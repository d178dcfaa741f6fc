/** Why a press does not count now. `moment`: the task has only just been painted. `unseen`: an answer was not on screen. */
export type Sleep = "moment" | "unseen";

/** What the desk shows: the lease of a task, or no task at all. */
export interface Screen {
  readonly id: string;
  /** Answers whose first line has to be seen. */
  readonly answers: number;
}

/** Shorter than this, nobody has taken in that another task stands there; a double click is over by then. */
const settlesMs = 400;
/** Whoever was writing when the field went away is given time to notice. */
const hushMs = 1_500;

/** Whether a choice would be one: it counts only on a task that somebody can have looked at. */
export class Wakefulness {
  #screen: Screen = { id: "", answers: 0 };
  #paintedAt: number | null = null;
  readonly #seen = new Set<number>();
  /** Whether the page is out of sight, and if so, whether the screen had been painted on it. */
  #covered: "painted" | "unpainted" | null = null;
  #hushedUntil = Number.NEGATIVE_INFINITY;

  /** Says whether this is another screen than before. Nothing of it has been painted or seen yet. */
  follow(screen: Screen): boolean {
    if (screen.id === this.#screen.id) return false;
    this.#screen = screen;
    this.#paintedAt = null;
    this.#seen.clear();
    if (this.#covered) this.#covered = "unpainted";
    return true;
  }

  /** The screen is before the person's eyes since then. */
  painted(screenId: string, at: number): void {
    if (screenId !== this.#screen.id) return;
    if (this.#covered) this.#covered = "painted";
    else this.#paintedAt ??= at;
  }

  /** The page is out of sight: another tab, or a phone that sleeps. Whoever comes back may do so with a tap anywhere. */
  cover(): void {
    this.#covered ??= this.#paintedAt === null ? "unpainted" : "painted";
    this.#paintedAt = null;
  }

  /** The page is in sight again since then, and what had been painted on it. */
  uncover(at: number): void {
    if (this.#covered === "painted") this.#paintedAt = at;
    this.#covered = null;
  }

  /** The first line of an answer was on screen, or its element had the focus. */
  seen(screenId: string, answer: number): void {
    if (screenId === this.#screen.id) this.#seen.add(answer);
  }

  /** The field in which someone was writing has gone: the rest of the word must not press keys. */
  hush(at: number): void {
    this.#hushedUntil = at + hushMs;
  }

  /** A press that came while asleep. */
  pressed(at: number): void {
    if (at < this.#hushedUntil) this.hush(at);
  }

  /** Why a choice made then would not count; null when it would. */
  sleepAt(at: number): Sleep | null {
    if (this.settling(at)) return "moment";
    return this.#seen.size < this.#screen.answers ? "unseen" : null;
  }

  /** Whether it is too soon for anything, an undo too. */
  settling(at: number): boolean {
    return this.#paintedAt === null || at - this.#paintedAt < settlesMs || at < this.#hushedUntil;
  }

  /** How long until the moment is over; null while that is not known. */
  wakesIn(at: number): number | null {
    if (this.#paintedAt === null) return null;
    return Math.max(this.#paintedAt + settlesMs, this.#hushedUntil) - at;
  }
}
