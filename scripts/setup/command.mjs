import { spawn } from "node:child_process";
import { constants } from "node:os";
import { alsoHeldBy } from "./lock.mjs";
import { root } from "./paths.mjs";
import { SetupError } from "./progress.mjs";

const shownLines = 60;

/** Runs a program in the checkout without showing its output; where it fails, the error carries the last lines of it. */
export function quietly(program, args, env = {}, cwd = root) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      // A group of its own: Ctrl-C reaches this process alone, which then ends all that comes from it.
      detached: true,
    });
    alsoHeldBy(child.pid);
    let output = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream.on("data", (chunk) => {
        output += chunk;
      });
    }
    child.once("error", reject);
    child.once("close", (code, signal) => {
      if (code === 0) return resolve(output);
      const tail = output.trimEnd().split("\n").slice(-shownLines).join("\n");
      reject(new SetupError(`${tail}\n\n${[program, ...args].join(" ")} ended with ${signal ?? `exit code ${code}`}.`));
    });
  });
}

/**
 * Runs one of our commands in a process of its own, which has this one's streams and notices its end; resolves to the exit
 * code, a shell's where a signal ended it.
 */
export function beside(file, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--enable-source-maps", file, ...args], {
      stdio: ["inherit", "inherit", "inherit", "ipc"],
    });
    child.once("error", reject);
    child.once("close", (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

/** Runs a program in the checkout with its output shown; resolves to its exit code. */
export function openly(program, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "inherit", "inherit"],
      // A group of its own, as above: a runner that hears Ctrl-C first ends at once, and what it has started is nobody's.
      detached: true,
    });
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}
