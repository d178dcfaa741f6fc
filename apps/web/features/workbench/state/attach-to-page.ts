import type { SessionOfPage } from "./desk-session.ts";

/** Often enough for heartbeats of the shortest lease (30 s), rare enough to cost nothing. */
const tickMs = 5_000;
/** A moving pointer says the same thing sixty times a second. */
const activityEveryMs = 1_000;

/** Joins a session to the page's own life: sight, movement, connection, leaving. Returns the way to part them. */
export function attachToPage(session: SessionOfPage): () => void {
  const parting = new AbortController();
  const { signal } = parting;
  let lastActivity = 0;

  const activity = (): void => {
    if (performance.now() - lastActivity < activityEveryMs) return;
    lastActivity = performance.now();
    session.activity();
  };
  for (const event of ["keydown", "pointerdown", "pointermove", "touchmove", "wheel"]) {
    window.addEventListener(event, activity, { signal, passive: true });
  }
  // The next task starts at the top by itself; only a scroll away from there is a person's.
  window.addEventListener("scroll", () => window.scrollY > 0 && session.scrolled(), { signal, passive: true });
  document.addEventListener("visibilitychange", () => session.visibility(document.visibilityState === "visible"), {
    signal,
  });
  window.addEventListener("online", () => session.retry(), { signal });
  window.addEventListener("offline", () => session.retry(), { signal });
  // The browser asks, in its own words, before the only copy of somebody's answers goes with its window.
  window.addEventListener("beforeunload", (event) => session.read().outbox.unkept > 0 && event.preventDefault(), {
    signal,
  });
  window.addEventListener("pagehide", () => session.leavePage(), { signal });
  // Back from the browser's cache with everything as it was, except for the leases.
  window.addEventListener("pageshow", (event) => event.persisted && session.retry(), { signal });
  const timer = setInterval(() => session.tick(), tickMs);

  return () => {
    parting.abort();
    clearInterval(timer);
  };
}
