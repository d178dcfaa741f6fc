import { constants } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";

const endings = ["SIGINT", "SIGTERM", "SIGHUP"];
const graceMs = 5_000;

/** Programs that set-up runs at present, each the head of a process group of its own. */
const running = new Set();

/** Registers a program that was started as the head of a group (`detached`), so that it does not outlive this process. */
export function endsWithUs(child) {
  running.add(child);
  child.once("exit", () => running.delete(child));
}

/**
 * Runs an action that may be stopped by a signal: the programs that it has started are ended first, with all that they
 * started, then this process, whose exit gives the lock back. The exit code is a shell's for that signal.
 */
export async function whileStoppable(action) {
  const end = async (signal) => {
    const groups = [...running];
    for (const child of groups) signalGroup(child, "SIGTERM");
    const ended = Promise.all(groups.map((child) => new Promise((resolve) => child.once("exit", resolve))));
    await Promise.race([ended, sleep(graceMs)]);
    for (const child of groups) signalGroup(child, "SIGKILL");
    process.exit(128 + constants.signals[signal]);
  };
  for (const ending of endings) process.once(ending, end);
  try {
    return await action();
  } finally {
    for (const ending of endings) process.removeListener(ending, end);
  }
}

function signalGroup(child, signal) {
  try {
    if (child.pid) process.kill(-child.pid, signal);
  } catch {
    // The group has ended.
  }
}
