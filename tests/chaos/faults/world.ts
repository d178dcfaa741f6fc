import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type OpenDatabase, openDatabase } from "@touchstone/persistence";
import { runningPostgresUrl } from "@touchstone/stack";
import { startTouchstone, temporaryFolder } from "../../harness/touchstone.ts";

/** `npm start` as a person has it, and its database. */
export interface World {
  readonly url: () => string;
  readonly db: OpenDatabase["db"];
  readonly dataDir: string;
  /** The process that its ledger has under this name, once there is one. */
  pidOf(name: string): Promise<number>;
}

/** @param dataDir one that the caller removes, where the fault lies in it */
export async function inWorld<T>(
  work: (world: World) => Promise<T>,
  env: Record<string, string> = {},
  dataDir?: string,
): Promise<T> {
  const folder = temporaryFolder();
  const place = dataDir ?? join(folder, "data");
  // All sixteen come from one address.
  const touchstone = await startTouchstone({
    dataDir: place,
    env: { TOUCHSTONE_REQUESTS_PER_MINUTE: "1000000", ...env },
  });
  try {
    await touchstone.ready();
    const database = openDatabase(runningPostgresUrl(place) ?? "");
    try {
      return await work({ url: () => touchstone.url, db: database.db, dataDir: place, pidOf: pidIn(place) });
    } finally {
      await database.close();
    }
  } finally {
    await touchstone.kill("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  }
}

const pidIn = (dataDir: string) => async (name: string) => {
  for (;;) {
    const ledger: { name: string; pid: number }[] = JSON.parse(readFileSync(join(dataDir, "processes.json"), "utf8"));
    const entry = ledger.find((each) => each.name === name);
    if (entry) return entry.pid;
    await sleep(20);
  }
};
