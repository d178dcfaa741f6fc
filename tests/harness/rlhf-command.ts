import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";

const program = new URL("../../apps/cli/dist/main.js", import.meta.url).pathname;
/** Milliseconds between two looks at whether it is time to kill. */
const every = 5;

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** `rlhf …`, the built command, in a folder of its own. */
export interface CommandFolder {
  at(name: string): string;
  /** @param until killed with SIGKILL as soon as it says so */
  rlhf(args: readonly string[], until?: () => boolean, nodeOptions?: readonly string[]): Promise<Ended>;
  succeeded(args: readonly string[]): Promise<Ended>;
  json(name: string): Promise<Record<string, unknown>>;
  /** Writes rows as JSON Lines. */
  write(name: string, rows: readonly unknown[]): Promise<void>;
  remove(): Promise<void>;
}

export async function commandFolder(): Promise<CommandFolder> {
  const folder = await mkdtemp(join(tmpdir(), "rlhf-"));
  const at = (name: string) => join(folder, name);

  function rlhf(args: readonly string[], until?: () => boolean, nodeOptions: readonly string[] = []): Promise<Ended> {
    const env = { ...process.env, INIT_CWD: folder, TOUCHSTONE_FEATURES_CACHE: at("features-cache") };
    const child = spawn(process.execPath, [...nodeOptions, program, "rlhf", ...args], { env });
    let [out, error] = ["", ""];
    child.stdout.on("data", (chunk) => {
      out += chunk;
    });
    child.stderr.on("data", (chunk) => {
      error += chunk;
    });
    const watch = setInterval(() => until?.() && child.kill("SIGKILL"), every);
    return new Promise((resolve) => {
      child.on("close", (code) => {
        clearInterval(watch);
        resolve({ code, out, error });
      });
    });
  }

  return {
    at,
    rlhf,
    async succeeded(args) {
      const ended = await rlhf(args);
      expect(ended.code, ended.error).toBe(0);
      return ended;
    },
    json: async (name) => JSON.parse(await readFile(at(name), "utf8")),
    write: (name, rows) => writeFile(at(name), rows.map((row) => `${JSON.stringify(row)}\n`).join("")),
    remove: () => rm(folder, { recursive: true }),
  };
}
