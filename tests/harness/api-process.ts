import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "@touchstone/stack";
import { type BuiltProcess, spawnBuilt, spawnNode } from "./built-process.ts";

export interface ApiProcess extends BuiltProcess {
  /** Origin without a trailing slash. */
  url: string;
}

export interface ApiOptions {
  databaseUrl: string;
  redisUrl: string;
  /** Default: a free one. Give the same one to a restarted API whose clients keep their address. */
  port?: number;
  env?: Record<string, string>;
  /** What Node is to run instead of the built API, and in which folder. */
  program?: string[];
  folder?: string;
}

const readyWithinMs = 30_000;

/** Starts the built API, or other sources of it, as a process of its own and waits until it is ready. */
export async function spawnApi(options: ApiOptions): Promise<ApiProcess> {
  const port = options.port ?? (await freePort());
  const env = {
    DATABASE_URL: options.databaseUrl,
    REDIS_URL: options.redisUrl,
    TOUCHSTONE_HOST: "127.0.0.1",
    TOUCHSTONE_PORT: String(port),
    TOUCHSTONE_SECRET: "a-secret-that-only-this-test-run-knows",
    ...options.env,
  };
  const built = options.program
    ? spawnNode(options.program, env, options.folder)
    : spawnBuilt("api/dist/server.js", env);
  const api = { ...built, url: `http://127.0.0.1:${port}` };
  try {
    await ready(api);
    return api;
  } catch (error) {
    await built.kill("SIGKILL");
    throw error;
  }
}

async function ready(api: ApiProcess): Promise<void> {
  const deadline = Date.now() + readyWithinMs;
  while (Date.now() < deadline) {
    const answer = await fetch(`${api.url}/api/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(50);
  }
  throw new Error(`The API was not ready within ${readyWithinMs / 1000} s. It said:\n${api.output()}`);
}
