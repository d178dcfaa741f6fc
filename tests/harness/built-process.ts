import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface BuiltProcess {
  pid: number;
  /** Everything it has written so far, standard output and error together. */
  output(): string;
  /** Sends the signal and resolves when the process is gone, with its exit code (null: ended by the signal). */
  kill(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Runs a production bundle, `apps/APP/dist/ENTRY`, with nothing of this process's environment but the search path. */
export function spawnBuilt(bundle: string, env: Record<string, string>): BuiltProcess {
  const file = fileURLToPath(new URL(`../../apps/${bundle}`, import.meta.url));
  if (!existsSync(file)) throw new Error(`${bundle} is not built; run \`npm run setup\` first.`);
  const inherited = { PATH: process.env.PATH ?? "", HOME: process.env.HOME ?? "/" };
  const child = spawn(process.execPath, ["--enable-source-maps", file], {
    env: { ...inherited, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  if (child.pid === undefined) throw new Error(`${bundle} did not start.`);
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
  return { pid: child.pid, output: () => chunks.join(""), kill: (signal) => end(child, signal) };
}

async function end(child: ChildProcess, signal: NodeJS.Signals = "SIGTERM"): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
  }
  return child.exitCode;
}
