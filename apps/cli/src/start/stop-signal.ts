/**
 * Aborts on Ctrl-C, SIGTERM or a closed terminal. The handlers stay: signals come in pairs (a terminal reaches the whole
 * group, and npm passes its own on), and a second one must not cut the orderly end short.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => controller.abort(new Stopped()));
  return controller.signal;
}

/** What an aborted wait throws: the wish to stop, no failure. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

/** Resolves when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
