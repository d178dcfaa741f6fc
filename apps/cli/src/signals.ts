import { constants } from "node:os";

const endings = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
type Ending = (typeof endings)[number];

/** What a signal means to the command that runs; nothing yet where there is nothing to undo. */
let meaning: ((signal: Ending) => void) | undefined;

/**
 * Call first of all. Until a command has something to undo, a signal ends the process at once by way of its `exit`
 * listeners. The listeners stay for good: one that is taken away loses a signal that was caught while the loop was blocked.
 */
export function hearSignals(): void {
  for (const name of endings) process.on(name, hear);
  // Whoever started this process was killed: it heard no signal, and nobody waits for what this one does.
  process.once("disconnect", () => hear("SIGTERM"));
  process.channel?.unref();
}

function hear(signal: Ending): void {
  if (meaning) meaning(signal);
  else process.exit(exitCode(signal));
}

/**
 * Aborts on Ctrl-C, SIGTERM or a closed terminal. Signals come in pairs (a terminal reaches the whole group, and npm passes
 * its own on), and a second one does not cut the orderly end short.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  meaning = (signal) => controller.abort(new Stopped(signal));
  return controller.signal;
}

/** The pair of one Ctrl-C comes within this time, in ms. */
const pairMs = 1_000;

/** Aborts at the first signal, so that a checkpoint is written; one that comes later ends the process at once. */
export function onInterrupt(): AbortSignal {
  const controller = new AbortController();
  let first: number | undefined;
  meaning = (signal) => {
    if (first === undefined) process.stderr.write("\nStopping after this step …\n");
    else if (Date.now() - first > pairMs) process.exit(exitCode(signal));
    first ??= Date.now();
    controller.abort();
  };
  return controller.signal;
}

/** What an aborted wait throws: the wish to stop, no failure. */
export class Stopped extends Error {
  override readonly name = "Stopped";
  /** A shell's for that signal. */
  readonly exitCode: number;
  constructor(signal: Ending) {
    super(`stopped by ${signal}`);
    this.exitCode = exitCode(signal);
  }
}

/** Resolves when the signal is aborted. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

const exitCode = (signal: Ending) => 128 + constants.signals[signal];
