import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** Time for servers to write what they hold and for test runners to tidy up, in ms; what is left then is killed. */
const graceMs = 10_000;
const everyMs = 50;

/** Watches which processes come from one, also those whose parent has ended or that lead a group of their own. */
export class Descendants {
  #known = new Map();
  #root;

  constructor(root) {
    this.#root = root;
  }

  /** Looks again. A pid counts while it belongs to the process that it was seen with. */
  look() {
    const table = processes();
    for (const [pid, started] of this.#known) if (table.get(pid)?.started !== started) this.#known.delete(pid);
    let found = true;
    while (found) {
      found = false;
      for (const [pid, { parent, started }] of table) {
        if (this.#known.has(pid) || pid === this.#root) continue;
        if (parent !== this.#root && !this.#known.has(parent)) continue;
        this.#known.set(pid, started);
        found = true;
      }
    }
    return [...this.#known.keys()];
  }
}

/** Asks all that comes from `root` to end, and kills what does not. Resolves when nothing is left. */
export async function endDescendants(root) {
  const family = new Descendants(root);
  const asked = new Set(hold(family));
  for (const pid of asked) signal(pid, "SIGTERM");
  for (const pid of asked) signal(pid, "SIGCONT");
  const deadline = Date.now() + graceMs;
  for (let left = family.look(); left.length > 0; left = family.look()) {
    const late = Date.now() > deadline;
    for (const pid of left.filter((each) => late || !asked.has(each))) signal(pid, late ? "SIGKILL" : "SIGTERM");
    for (const pid of left) asked.add(pid);
    await sleep(everyMs);
  }
}

/** Stops all until there is nobody left to stop: what one starts as it is about to end would be nobody's child afterwards. */
function hold(family) {
  const held = new Set();
  for (let found = true; found; ) {
    const more = family.look().filter((pid) => !held.has(pid));
    found = more.length > 0;
    for (const pid of more) {
      held.add(pid);
      signal(pid, "SIGSTOP");
    }
  }
  return held;
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended.
  }
}

/** Every process that runs, by pid: its parent, and the moment it started in. */
function processes() {
  return process.platform === "linux" ? fromProc() : fromPs();
}

function fromProc() {
  const table = new Map();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      // The second field is the command in brackets and may itself hold spaces and brackets.
      const [state, parent, ...rest] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      if (state !== "Z" && state !== "X") table.set(Number(name), { parent: Number(parent), started: rest[17] });
    } catch {
      // It ended between the two looks.
    }
  }
  return table;
}

function fromPs() {
  const table = new Map();
  for (const line of execFileSync("ps", ["-A", "-o", "pid=,ppid=,state=,lstart="], { encoding: "utf8" }).split("\n")) {
    const [, pid, parent, state, started] = line.match(/^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/) ?? [];
    if (pid && !state.startsWith("Z")) table.set(Number(pid), { parent: Number(parent), started });
  }
  return table;
}
