import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { freePort } from "../free-port.ts";
import { openLogFile } from "../log-file.ts";
import { readOrCreateSecret } from "../secret-file.ts";
import { type Supervisor, supervise } from "../supervise.ts";
import type { Surroundings } from "../surroundings.ts";
import { withoutSecrets } from "../without-secrets.ts";
import { findOrInstallRedis } from "./binary.ts";

export interface RedisServer {
  url: string;
  supervisor: Supervisor;
}

/** Starts Redis on a private loopback port with its data in `dataDir/redis`; call while holding the folder's lock. */
export async function startRedis({ dataDir, ledger, log, cancel }: Surroundings): Promise<RedisServer> {
  const binary = await findOrInstallRedis(log);
  const folder = join(dataDir, "redis");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const password = readOrCreateSecret(dataDir, "redis-password");
  const port = await freePort();
  const output = openLogFile(join(dataDir, "logs", "redis.log"));

  const supervisor = await supervise({
    name: "Redis",
    spawn() {
      const descriptor = output.descriptor();
      try {
        // The settings come through standard input, so that the password shows in no list of processes.
        const child = spawn(binary.command, ["-"], {
          cwd: folder,
          detached: true,
          stdio: ["pipe", descriptor, descriptor],
          env: { ...withoutSecrets(process.env), ...binary.env },
        });
        child.stdin?.on("error", () => undefined);
        child.stdin?.end(settings(folder, port, password));
        return child;
      } finally {
        output.release(descriptor);
      }
    },
    probe: () => answers(port, password),
    readyWithinMs: 60_000,
    stopSignal: "SIGTERM",
    stopWithinMs: 10_000,
    ledger,
    log,
    lastWords: output.tail,
    cancel,
  });
  return { url: `redis://:${password}@127.0.0.1:${port}`, supervisor };
}

/** BullMQ needs every key kept (noeviction); the append-only file, flushed every second, carries the queue over a crash. */
function settings(folder: string, port: number, password: string): string {
  return [
    "bind 127.0.0.1",
    `port ${port}`,
    `requirepass ${password}`,
    `dir ${JSON.stringify(folder)}`,
    "appendonly yes",
    "appendfsync everysec",
    'save ""',
    "maxmemory-policy noeviction",
    "daemonize no",
    "",
  ].join("\n");
}

/** A hand-written PING: this package needs no Redis client for anything else. */
function answers(port: number, password: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: "127.0.0.1", port, timeout: 2_000 });
    let answer = "";
    const finish = (error?: Error) => {
      socket.destroy();
      if (error) reject(error);
      else resolve();
    };
    socket.once("connect", () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    socket.once("error", finish);
    socket.once("timeout", () => finish(new Error("no answer to PING")));
    socket.once("close", () => finish(new Error(`closed after ${JSON.stringify(answer)}`)));
    socket.on("data", (chunk) => {
      answer += chunk.toString();
      if (answer.includes("+PONG")) finish();
      else if (answer.includes("-")) finish(new Error(answer.trim()));
    });
  });
}
