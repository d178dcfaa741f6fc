import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "@touchstone/stack";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type BuiltProcess, spawnBuilt } from "../harness/built-process.ts";

const home = mkdtempSync(join(tmpdir(), "start-"));
let running: BuiltProcess | undefined;

/** What `npm start` runs once everything is built, on its own servers. */
function start(port: number, dataDir: string): BuiltProcess {
  running = spawnBuilt("cli/dist/main.js", { TOUCHSTONE_PORT: String(port), TOUCHSTONE_DATA_DIR: dataDir }, ["start"]);
  return running;
}

async function ready(process: BuiltProcess): Promise<string> {
  for (let waited = 0; waited < 120_000; waited += 100) {
    if (/^Sign in as .*$/m.test(process.output())) return process.output();
    await sleep(100);
  }
  throw new Error(`Not ready within two minutes:\n${process.output()}`);
}

const health = (port: number) => fetch(`http://127.0.0.1:${port}/api/health/ready`).then((answer) => answer.status);

describe("npm start", () => {
  // As root, Postgres is another user, who must be able to pass through.
  beforeAll(() => chmodSync(home, 0o711));
  afterEach(() => running?.kill("SIGTERM"));
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it("says where to look and how to sign in once, survives being killed outright, and stops with exit code 0", async () => {
    const port = await freePort();
    const dataDir = join(home, "data");

    const first = start(port, dataDir);
    const output = await ready(first);
    expect(
      output.split("\n").filter((line) => line === `Touchstone is ready at http://localhost:${port}`),
    ).toHaveLength(1);
    expect(output).toMatch(/^Sign in as admin@touchstone\.local with the password \S+ \(shown only this once\)$/m);
    expect(await health(port)).toBe(200);
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
    await first.kill("SIGKILL");

    const second = start(port, dataDir);
    expect(await ready(second)).toMatch(/^Sign in as .* with the password that the first start printed$/m);
    expect(await health(port)).toBe(200);
    expect(await second.kill("SIGTERM")).toBe(0);
    await expect(health(port)).rejects.toThrow();
  });

  it("names the variable to set where its port is taken", async () => {
    const port = await freePort();
    const holder = createServer().listen(port, "127.0.0.1");
    try {
      const refused = start(port, join(home, "taken"));
      expect(await refused.ended()).toBe(1);
      expect(refused.output()).toContain(`Port ${port} is in use by another program`);
      expect(refused.output()).toContain("TOUCHSTONE_PORT");
    } finally {
      holder.close();
    }
  });
});
