import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";

const Address = z.object({ port: z.int() });

export interface BareServer {
  readonly pid: number;
  /** Origin without a trailing slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts the peer in a process of its own. */
export async function openBareServer(): Promise<BareServer> {
  const file = fileURLToPath(new URL("bare-server.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", file], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "close");
  const [line] = await Promise.race([once(createInterface({ input: child.stdout }), "line"), ended]);
  const { pid } = child;
  if (pid === undefined || typeof line !== "string") throw new Error("The bare server did not start.");
  const { port } = Address.parse(JSON.parse(line));
  return {
    pid,
    url: `ws://127.0.0.1:${port}`,
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}
