import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type OpenDatabase, openDatabase } from "@touchstone/persistence";

/** The database of a product that runs on a folder of its own, for what no page can do, as letting time pass. Close it. */
export function openProductDatabase(dataDir: string): OpenDatabase {
  const password = readFileSync(join(dataDir, "postgres-password"), "utf8").trim();
  // The fourth line of Postgres's own pid file is its port.
  const port = readFileSync(join(dataDir, "postgres", "postmaster.pid"), "utf8").split("\n")[3];
  return openDatabase(`postgresql://touchstone:${password}@127.0.0.1:${port}/postgres`);
}
