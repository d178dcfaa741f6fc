import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import type { ProcessLedger } from "./process-ledger.ts";

const firstPauseMs = 250;
/** Silence after a crash is this and the time to start; a program that crashes at once is started no more often. */
const longestPauseMs = 2_000;
/** A process that stayed up this long was healthy: its next crash starts again with the shortest pause. */
const healthyAfterMs = 60_000;

export interface SupervisedProcess {
  /** For the log: "Postgres", "the API". */
  name: string;
  /** Starts the process, detached: Ctrl-C must reach the supervisor alone, which then stops things in order. */
  spawn: () => ChildProcess;
  /** Makes room for it before each start, such as by ending what the process before has left at work. */
  prepare?: () => Promise<void>;
  /** Resolves once the process does its work; is called again and again until then. Rejects while it does not. */
  probe: () => Promise<void>;
  readyWithinMs: number;
  stopSignal: NodeJS.Signals;
  /** How long the process may take to stop before it is killed. */
  stopWithinMs: number;
  ledger: ProcessLedger;
  log: (line: string) => void;
  /** Aborting it gives up the wait for the first answer. */
  cancel?: AbortSignal | undefined;
  /** Appended to the error where the process does not come up: its last lines of log. */
  lastWords?: () => string;
}

export interface Supervisor {
  /** The running process, undefined between a crash and the restart. */
  pid(): number | undefined;
  /** Stops it for good; resolves when it is gone. */
  stop(): Promise<void>;
}

/** Starts a process, waits until it answers, and restarts it with a growing pause whenever it ends unasked. */
export async function supervise(what: SupervisedProcess): Promise<Supervisor> {
  let child: ChildProcess | undefined;
  let pauseMs = firstPauseMs;
  const stopping = new AbortController();

  const launch = (): Promise<Exit> => {
    const startedAt = Date.now();
    const started = spawned(what);
    if (typeof started === "string") return Promise.resolve(started);
    child = started;
    const { pid } = started;
    if (pid !== undefined) what.ledger.add(what.name, pid, what.stopSignal);
    return exitOf(started).then((exit) => {
      if (pid !== undefined) what.ledger.remove(pid);
      if (child === started) child = undefined;
      if (Date.now() - startedAt > healthyAfterMs) pauseMs = firstPauseMs;
      return exit;
    });
  };

  const keepUp = async (exited: Promise<Exit>): Promise<void> => {
    for (let exit = await exited; !stopping.signal.aborted; exit = await again()) {
      what.log(`${what.name} ended unasked (${exit}); starting it again in ${pauseMs / 1000} s`);
      await sleep(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      pauseMs = Math.min(pauseMs * 2, longestPauseMs);
    }
  };

  const again = async (): Promise<Exit> => {
    await what.prepare?.();
    return stopping.signal.aborted ? "stopped" : launch();
  };

  await what.prepare?.();
  const firstExit = launch();
  try {
    await becomesReady(what, firstExit);
  } catch (error) {
    stopping.abort();
    await end(child, what.stopSignal, what.stopWithinMs);
    throw error;
  }
  const done = keepUp(firstExit);

  return {
    pid: () => child?.pid,
    async stop() {
      stopping.abort();
      await end(child, what.stopSignal, what.stopWithinMs);
      await done;
    },
  };
}

type Exit = string;

/** The process, or why there is none: what the system refuses now it may give later. */
function spawned(what: SupervisedProcess): ChildProcess | Exit {
  try {
    return what.spawn();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function exitOf(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(signal === null ? `exit code ${code}` : `signal ${signal}`));
  });
}

async function becomesReady(what: SupervisedProcess, exited: Promise<Exit>): Promise<void> {
  let exit: Exit | undefined;
  void exited.then((how) => {
    exit = how;
  });
  const deadline = Date.now() + what.readyWithinMs;
  let reason: unknown;
  for (;;) {
    try {
      return await what.probe();
    } catch (error) {
      reason = error;
    }
    what.cancel?.throwIfAborted();
    if (exit !== undefined) throw failure(what, `ended at once (${exit})`);
    if (Date.now() > deadline) {
      const why = reason instanceof Error ? reason.message : String(reason);
      throw failure(what, `did not answer within ${what.readyWithinMs / 1000} s (${why})`);
    }
    await sleep(50);
  }
}

function failure(what: SupervisedProcess, how: string): Error {
  const words = what.lastWords?.() ?? "";
  return new Error(`${what.name} ${how}.${words ? `\n${words}` : ""}`);
}

async function end(child: ChildProcess | undefined, stopSignal: NodeJS.Signals, withinMs: number): Promise<void> {
  if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
  const exited = exitOf(child);
  const { pid } = child;
  child.kill(stopSignal);
  const patience = new AbortController();
  const tooLate = sleep(withinMs, "late", { signal: patience.signal }).catch(() => undefined);
  if ((await Promise.race([exited, tooLate])) === "late") {
    try {
      process.kill(-pid, "SIGKILL");
    } catch {
      child.kill("SIGKILL");
    }
    await exited;
  }
  patience.abort();
}
