import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "@touchstone/stack";
import { Descendants } from "../../../scripts/setup/descendants.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
/** Longer than any part takes to stop in order, in ms. */
const patienceMs = 60_000;
/** What notices by itself that its parent was killed gets so long to end, in ms. */
const settleMs = 10_000;

const texts = Array.from({ length: 400 }, (_, line) => JSON.stringify({ text: `line ${line} of a short text` }));

/** The four commands and one more that writes a file, each with what keeps it at work for longer than the last point of time. */
export const commands = {
  start: () => ["start"],
  loop: () => ["loop", "--simulated", "--rounds", "9"],
  rlhf: (folder: string) => {
    writeFileSync(join(folder, "texts.jsonl"), texts.join("\n"));
    const files = ["--train", join(folder, "texts.jsonl"), "--out", join(folder, "run")];
    return ["rlhf", "pretrain", ...files, "--steps", "100000"];
  },
  generate: (folder: string) => {
    const prompts = Array.from({ length: 2_000 }, (_, id) => JSON.stringify({ prompt: `Say something of ${id}.` }));
    writeFileSync(join(folder, "prompts.jsonl"), prompts.join("\n"));
    const files = ["--in", join(folder, "prompts.jsonl"), "--out", join(folder, "answers.jsonl")];
    return ["rlhf", "generate", "--model", "prisma/demo/practice-model", ...files, "--samples", "50"];
  },
  test: () => ["test", "integration"],
} as const;
export type CommandName = keyof typeof commands;

export interface Point {
  readonly command: CommandName;
  /** Milliseconds from the start. */
  readonly at: number;
  readonly signal: "SIGTERM" | "SIGINT" | "SIGKILL";
  /** `group` is Ctrl-C at a terminal: every program of the foreground group hears it. */
  readonly to: "npm" | "node" | "group";
  /** Whether the loop of the process that does the work is held for ever, so that it hears nothing. */
  readonly isDeaf?: boolean;
}

export interface Outcome {
  readonly code: string;
  /** From the signal to the end of the command. */
  readonly seconds: number;
  /** Processes and files that should not be there any more. */
  readonly left: string[];
}

/** Starts a command in a world of its own, sends the signal, and looks at what is left when the command has ended. */
export async function signalled({ command, at, signal, to, isDeaf = false }: Point): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "signals-"));
  chmodSync(folder, 0o711);
  const args = commands[command](folder);
  const run = to === "npm" ? ["npm", "run", "--silent", args[0] ?? "", "--", ...args.slice(1)] : undefined;
  const [program = process.execPath, ...rest] = run ?? [process.execPath, "scripts/run.mjs", ...args];
  const child = spawn(program, rest, {
    cwd: root,
    detached: true,
    stdio: "ignore",
    env: { ...outerEnvironment(), ...(await ownWorld(folder)), ...(isDeaf ? held : {}) },
  });
  const pid = child.pid ?? Number.NaN;
  const family = new Descendants(pid);
  const watch = setInterval(() => family.look(), 25);
  const ended = new Promise<string>((resolve) => {
    child.once("exit", (code, by) => resolve(by ?? String(code)));
  });
  const early = await Promise.race([ended, sleep(at)]);
  const from = performance.now();
  if (early === undefined) process.kill(to === "group" ? -pid : pid, signal);
  const code = await Promise.race([ended, sleep(patienceMs, "did not end")]);
  const seconds = (performance.now() - from) / 1_000;
  const settled = Date.now() + settleMs;
  while (family.look().length > 0 && Date.now() < settled) await sleep(50);
  const alive = family.look();
  clearInterval(watch);
  const left = [
    ...(early === undefined ? [] : ["no command to signal: it had ended before"]),
    ...alive.map(nameOf),
    ...(await filesLeft(folder)),
  ];
  for (const each of [...alive, ...(code === "did not end" ? [pid] : [])]) killed(each);
  rmSync(folder, { recursive: true, force: true });
  return { code, seconds, left };
}

/** A loop without an end, from a moment after its start on, in the process that does the work. */
const held = {
  // Without quotes and spaces, which these options would take for their own.
  NODE_OPTIONS:
    "--import=data:text/javascript,if(/cli.dist.main/.test(process.argv[1]))setTimeout(()=>{for(;;);},1500)",
};

/** Nothing of a test runner around this one, whose settings a command of a person would not have. */
function outerEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG } = process.env;
  return { PATH, HOME, LANG };
}

/** Nothing of it touches another Touchstone, and all that it writes lies in `folder`. */
async function ownWorld(folder: string): Promise<Record<string, string>> {
  const port = String(await freePort());
  return { TMPDIR: folder, TOUCHSTONE_DATA_DIR: join(folder, "data"), TOUCHSTONE_PORT: port };
}

function nameOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").slice(0, 2).join(" ");
  } catch {
    return `process ${pid}`;
  }
}

/** Temporary folders, locks and drafts. The data folder and the run directory are what the commands are for. */
async function filesLeft(folder: string): Promise<string[]> {
  const kept = new Set(["data", "run", "texts.jsonl", "prompts.jsonl"]);
  const temporary = readdirSync(folder).filter((name) => !kept.has(name) && !isCacheOfTools(name));
  const within = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    /^(data|run)\/([^/]+\/)*(lock|[^/]*\.(draft|partial|new))$/.test(name),
  );
  return [...temporary, ...within];
}

/** tsx and Node keep compiled modules in the folder for temporary files on purpose. */
const isCacheOfTools = (name: string) => /^(tsx|node-compile-cache|v8-compile-cache)/.test(name);

function killed(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}
