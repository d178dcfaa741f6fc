import type { WorkbenchSession } from "../workbench/state/workbench-session.ts";
import type { HeldTasks } from "./held-tasks.ts";

/** Browsers may not notice that a line is back, as when it was the server that was away. */
const askAgainMs = 15_000;

/**
 * Keeps what lies on the desk; and while that is what was kept, asks the server now and then whether it is back, once
 * it has heard all that was done meanwhile: else its counts would lag behind. Returns the way to stop.
 */
export function watchLine(held: HeldTasks, session: WorkbenchSession): () => void {
  let waiting = 0;
  const ask = (): void => {
    if (held.read().unheard && session.read().outbox.pending === 0) void session.claim();
  };
  const unfollow = session.subscribe(() => {
    const { work, outbox } = session.read();
    held.follow(work);
    const allSent = waiting > 0 && outbox.pending === 0;
    waiting = outbox.pending;
    if (allSent) ask();
  });
  window.addEventListener("online", ask);
  const timer = setInterval(ask, askAgainMs);
  return () => {
    unfollow();
    window.removeEventListener("online", ask);
    clearInterval(timer);
  };
}
