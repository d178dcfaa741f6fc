import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface BuiltProcess {
  pid: number;
  /** Everything it has written so far, standard output and error together. */
  output(): string;
  /** Resolves when the process is gone, with its exit code (null: ended by a signal). */
  ended(): Promise<number | null>;
  /** Sends the signal and resolves when the process is gone, with its exit code (null: ended by the signal). */
  kill(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Runs a production bundle, `apps/APP/dist/ENTRY`, with nothing of this process's environment but the search path. */
export function spawnBuilt(bundle: string, env: Record<string, string>, args: string[] = []): BuiltProcess {
  const file = fileURLToPath(new URL(`../../apps/${bundle}`, import.meta.url));
  if (!existsSync(file)) throw new Error(`${bundle} is not built; run \`npm run setup\` first.`);
  return spawnNode(["--enable-source-maps", file, ...args], env);
}

/** Runs Node with nothing of this process's environment but the search path. */
export function spawnNode(args: string[], env: Record<string, string>, cwd = process.cwd()): BuiltProcess {
  const inherited = { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "/" };
  const child = spawn(process.execPath, args, {
    env: { ...inherited, ...env },
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (child.pid === undefined) throw new Error(`${args.join(" ")} did not start.`);
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
  const ended = endOf(child);
  return {
    pid: child.pid,
    output: () => chunks.join(""),
    ended: () => ended,
    kill(signal = "SIGTERM") {
      child.kill(signal);
      return ended;
    },
  };
}

/** "close", not "exit": by then all of its output has been read. */
async function endOf(child: ChildProcess): Promise<number | null> {
  await once(child, "close");
  return child.exitCode;
}
