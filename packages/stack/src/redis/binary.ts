import { spawnSync } from "node:child_process";
import { StackError } from "../stack-error.ts";
import { installRedis } from "./install.ts";
import type { RedisBinary } from "./redis-binary.ts";

/** `redis-server` of the search path; else the one unpacked earlier; else a fresh one from the Debian registry. */
export async function findOrInstallRedis(log: (line: string) => void): Promise<RedisBinary> {
  const onPath: RedisBinary = { command: "redis-server", env: {} };
  if (runs(onPath)) return onPath;
  const attempt = await installRedis(runs, log);
  if (attempt.binary) return attempt.binary;
  throw new StackError(
    [
      `Redis is needed and could not be had (${attempt.reason}). Three ways to get it:`,
      "  1. set REDIS_URL to a Redis of your own (appendonly yes, maxmemory-policy noeviction),",
      "  2. install redis-server with the system's package manager (apt install redis-server, brew install redis),",
      "  3. run `docker compose up -d redis` and set REDIS_URL=redis://127.0.0.1:6379.",
    ].join("\n"),
  );
}

function runs(binary: RedisBinary): boolean {
  const answer = spawnSync(binary.command, ["--version"], { env: { ...process.env, ...binary.env } });
  return answer.status === 0;
}
