import { spawn } from "node:child_process";
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

/** Runs a program in the checkout with its output shown; resolves to its exit code. */
export function openly(program, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", "inherit", "inherit"],
    });
    child.once("error", reject);
    child.once("close", (code) => resolve(code ?? 1));
  });
}
