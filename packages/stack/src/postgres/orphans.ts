import { readdirSync, readlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** A killed process is gone as soon as the system has freed its memory, in ms. */
const patienceMs = 5_000;

/**
 * Ends the backends that a killed postmaster has left at work: while one of them lives, no other Postgres may start on the
 * cluster. Each leads a session of its own, so that no group holds them together; they all stand in the cluster's folder. What
 * they have not committed is undone by the recovery that follows. Call while no postmaster of ours runs there.
 */
export async function endOrphanBackends(cluster: string): Promise<void> {
  const deadline = Date.now() + patienceMs;
  const killed = new Set<number>();
  for (;;) {
    const left = standingIn(cluster);
    for (const pid of left) {
      kill(pid);
      killed.add(pid);
    }
    if ((left.length === 0 && ![...killed].some(isKnown)) || Date.now() > deadline) return;
    await sleep(20);
  }
}

/** Also once it is dead, until the system's first process has taken notice: Postgres takes its number for a living server's. */
function isKnown(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Only where the system shows it, in /proc; elsewhere the start waits for their statements to end. */
function standingIn(folder: string): number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && place(name) === folder)
    .map(Number);
}

function place(pid: string): string | undefined {
  try {
    return /\/postgres$/.test(readlinkSync(`/proc/${pid}/exe`)) ? readlinkSync(`/proc/${pid}/cwd`) : undefined;
  } catch {
    // Another user's, or it has ended.
    return undefined;
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}
