import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "@touchstone/stack";
import { type BuiltProcess, spawnBuilt } from "./built-process.ts";

export interface TouchstoneOptions {
  /** Default: a new temporary folder, which the caller removes. */
  dataDir?: string;
  /** Default: a free one. */
  port?: number;
  env?: Record<string, string>;
}

export interface Touchstone extends BuiltProcess {
  /** Origin without a trailing slash. */
  url: string;
  port: number;
  dataDir: string;
  /** Resolves once it says that it is ready, with what it said. */
  ready(): Promise<string>;
}

/** Cold pages, a fresh cluster, the seed: generous, for a machine with other work to do. */
const readyWithinMs = 180_000;

/**
 * Everything, as `npm start` runs it once it is built: servers of its own, API, pages and worker behind one port.
 * Set TOUCHSTONE_ADMIN_PASSWORD in `env` to know how to sign in. Stop it with `kill("SIGTERM")`.
 */
export async function startTouchstone(options: TouchstoneOptions = {}): Promise<Touchstone> {
  const port = options.port ?? (await freePort());
  const dataDir = options.dataDir ?? join(temporaryFolder(), "data");
  const env = { TOUCHSTONE_PORT: String(port), TOUCHSTONE_DATA_DIR: dataDir, ...options.env };
  const built = spawnBuilt("cli/dist/main.js", env, ["start"]);
  return { ...built, url: `http://localhost:${port}`, port, dataDir, ready: () => ready(built) };
}

/** As root, Postgres is another user, who must be able to pass through: mkdtemp's 0700 is too private. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-"));
  chmodSync(folder, 0o711);
  return folder;
}

async function ready(built: BuiltProcess): Promise<string> {
  let ended = false;
  void built.ended().then(() => {
    ended = true;
  });
  for (let waited = 0; waited < readyWithinMs && !ended; waited += 100) {
    // The line that follows the ready line, so that both have been written.
    if (/^Sign in as .*$/m.test(built.output())) return built.output();
    await sleep(100);
  }
  throw new Error(`Touchstone ${ended ? "ended" : "was not ready in time"}. It said:\n${built.output()}`);
}
