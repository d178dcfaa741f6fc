import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDataFolderLocked } from "../data-folder-lock.ts";
import { databaseHome } from "./home.ts";

/** Line of postmaster.pid that holds the port (PostgreSQL's pidfile.h, LOCK_FILE_LINE_PORT). */
const portLine = 4;

/** Address of the Postgres that a running stack keeps on this folder; undefined where none runs. */
export function runningPostgresUrl(dataDir: string): string | undefined {
  if (!isDataFolderLocked(dataDir)) return undefined;
  try {
    const lines = readFileSync(join(databaseHome(dataDir), "postgres", "postmaster.pid"), "utf8").split("\n");
    const password = readFileSync(join(dataDir, "postgres-password"), "utf8").trim();
    return `postgresql://touchstone:${password}@127.0.0.1:${Number(lines[portLine - 1])}/postgres`;
  } catch {
    // Starting or stopping: there is no server yet, or none any more.
    return undefined;
  }
}
