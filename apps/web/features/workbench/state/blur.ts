import type { LocalStore } from "../local-store.ts";

/** What of a machine the desk asks about what may be blurred. */
export interface BlurMemory {
  /** Whether this person has revealed a task that may be blurred, or has nothing blurred for them in this browser. */
  readonly revealed: (taskId: string) => boolean;
  readonly reveal: (taskId: string) => void;
}

/** So many tasks stay revealed; nobody goes back further by undo. */
const mostRevealed = 50;

const keyOf = (what: "revealed" | "unblurred", memberId: string): string => `touchstone-${what} ${memberId}`;

/** What a person has revealed at the desk, by what their browser keeps: it holds for all windows, and after a reload. */
export function blurIn(store: LocalStore, memberId: string): BlurMemory {
  const key = keyOf("revealed", memberId);
  const revealed = (): string[] => store.read(key)?.split(" ") ?? [];
  return {
    revealed: (taskId) => !isBlurredFor(store, memberId) || revealed().includes(taskId),
    reveal: (taskId) => store.write(key, [taskId, ...revealed()].slice(0, mostRevealed).join(" ")),
  };
}

/** Whether anything is blurred for this person in this browser: they may have asked that nothing is. */
export function isBlurredFor(store: LocalStore, memberId: string): boolean {
  return store.read(keyOf("unblurred", memberId)) === null;
}

export function blurFor(store: LocalStore, memberId: string, blurred: boolean): void {
  store.write(keyOf("unblurred", memberId), blurred ? null : "1");
}
