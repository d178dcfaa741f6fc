import { constants } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { endDescendants } from "./descendants.mjs";

/** Ctrl-C reaches a whole group: a program's end may be heard of shortly before the signal that ended it, in ms. */
const signalsLag = 50;

let ending;

/**
 * Call first of all. From then on SIGINT, SIGTERM and SIGHUP end this process together with all that comes from it, unless the
 * command has listeners of its own, which then end it in order. These here are never taken away: a signal that is caught
 * while the loop is blocked is heard once it turns, and would be lost between the listeners of two stages.
 */
export function endOnSignals() {
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(name, (signal) => {
      if (process.listenerCount(signal) === 1) ending ??= end(signal);
    });
  }
}

/** Does not resolve where a signal is ending this process: what fails because its programs were ended is no failure. */
export async function unlessEnding() {
  await sleep(signalsLag);
  await ending;
}

/** The exit gives locks and temporary folders back; its code is a shell's for that signal. */
async function end(signal) {
  await endDescendants(process.pid);
  process.exit(128 + constants.signals[signal]);
}
