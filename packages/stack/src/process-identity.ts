import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/**
 * What tells a process from a later one that was given the same pid: the boot and the moment it started in.
 * Undefined where no process of that pid runs; a zombie does not run.
 */
export function processIdentity(pid: number): string | undefined {
  return process.platform === "linux" ? identityFromProc(pid) : identityFromPs(pid);
}

function identityFromProc(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the command in brackets and may itself hold spaces and brackets; the rest is after the last one.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    if (state === undefined || state === "Z" || state === "X") return undefined;
    const startedInTicks = fields[18];
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot}:${startedInTicks}`;
  } catch {
    return undefined;
  }
}

function identityFromPs(pid: number): string | undefined {
  const answer = spawnSync("ps", ["-o", "state=,lstart=", "-p", String(pid)], { encoding: "utf8" });
  const line = answer.stdout?.trim();
  if (answer.status !== 0 || !line || line.startsWith("Z")) return undefined;
  return line.replace(/^\S+\s+/, "");
}
