import { existsSync, readFileSync, renameSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { processIdentity } from "./process-identity.ts";

/** How long a process of a crashed run may take to stop by itself, in ms. */
const patienceMs = 10_000;
/** Between two attempts to write to a full disk, in ms. */
const againMs = 1_000;

interface Entry {
  name: string;
  pid: number;
  identity: string;
  stopSignal: NodeJS.Signals;
}

/** The processes that live off one data folder, written down so that the start after a crash can end the left-overs. */
export interface ProcessLedger {
  add(name: string, pid: number, stopSignal: NodeJS.Signals): void;
  remove(pid: number): void;
}

/** Call while holding the folder's lock. */
export function openProcessLedger(dataDir: string): ProcessLedger {
  const file = ledgerFile(dataDir);
  let entries: Entry[] = [];
  let retry: NodeJS.Timeout | undefined;
  const save = () => {
    clearTimeout(retry);
    try {
      writeFileSync(`${file}.new`, JSON.stringify(entries, null, 2));
      renameSync(`${file}.new`, file);
    } catch {
      // A full disk ends nobody: what runs is known here, and written down as soon as there is room.
      retry = setTimeout(save, againMs).unref();
    }
  };
  return {
    add(name, pid, stopSignal) {
      const identity = processIdentity(pid);
      if (identity === undefined) return;
      entries = [...entries, { name, pid, identity, stopSignal }];
      save();
    },
    remove(pid) {
      entries = entries.filter((entry) => entry.pid !== pid);
      save();
    },
  };
}

/**
 * Ends what a killed run left behind. A pid is touched only if the process behind it started at the recorded moment,
 * so a stranger that inherited the number is safe. Call while holding the folder's lock.
 */
export async function endFormerRun(dataDir: string, log: (line: string) => void): Promise<void> {
  const alive = readEntries(dataDir).filter(isRunning);
  await Promise.all(
    alive.map(async (entry) => {
      log(`Ending ${entry.name} (process ${entry.pid}), left behind by a run that was killed`);
      signal(entry.pid, entry.stopSignal);
      const deadline = Date.now() + patienceMs;
      while (isRunning(entry) && Date.now() < deadline) await sleep(50);
      // The group, not only the process: its own children must not keep a port or a file either.
      if (isRunning(entry)) signal(-entry.pid, "SIGKILL");
      while (isRunning(entry) && Date.now() < deadline + patienceMs) await sleep(50);
    }),
  );
  // Shorter than what stood there, so that a full disk does not refuse it.
  if (existsSync(ledgerFile(dataDir))) truncateSync(ledgerFile(dataDir));
}

const ledgerFile = (dataDir: string) => join(dataDir, "processes.json");

const isRunning = (entry: Entry) => processIdentity(entry.pid) === entry.identity;

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended between the look and the signal.
  }
}

function readEntries(dataDir: string): Entry[] {
  try {
    const parsed: unknown = JSON.parse(readFileSync(ledgerFile(dataDir), "utf8"));
    return Array.isArray(parsed) ? parsed.filter(isEntry) : [];
  } catch {
    // No ledger yet, or one that a full disk cut off: there is nothing that can be told apart from a stranger.
    return [];
  }
}

function isEntry(value: unknown): value is Entry {
  return (
    typeof value === "object" &&
    value !== null &&
    "name" in value &&
    typeof value.name === "string" &&
    "pid" in value &&
    Number.isInteger(value.pid) &&
    "identity" in value &&
    typeof value.identity === "string" &&
    "stopSignal" in value &&
    typeof value.stopSignal === "string"
  );
}
