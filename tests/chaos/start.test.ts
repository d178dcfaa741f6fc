import { existsSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { freePort } from "@touchstone/stack";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { startTouchstone, type Touchstone, temporaryFolder } from "../harness/touchstone.ts";

const home = temporaryFolder();
let running: Touchstone | undefined;

/** As an operator sets it, for whoever collects the metrics. */
const metricsToken = "twelve blue herons";

async function start(folder: string, port?: number): Promise<Touchstone> {
  const env = { TOUCHSTONE_METRICS_TOKEN: metricsToken };
  running = await startTouchstone({ dataDir: join(home, folder), env, ...(port === undefined ? {} : { port }) });
  return running;
}

/** Whoever gets into a process has its environment: that of the pages, which strangers reach, opens nothing. */
function expectOwnSecretsOnly(dataDir: string): void {
  if (process.platform !== "linux") return;
  const ledger = z.array(z.object({ name: z.string(), pid: z.number() }));
  const processes = ledger.parse(JSON.parse(readFileSync(join(dataDir, "processes.json"), "utf8")));
  const secrets = ["secret", "postgres-password", "redis-password"].flatMap((name) => {
    const file = join(dataDir, name);
    return existsSync(file) ? readFileSync(file, "utf8").trim() : [];
  });
  const known = Object.fromEntries(
    processes.map(({ name, pid }) => {
      const environment = readFileSync(`/proc/${pid}/environ`, "utf8");
      return [name, [...secrets, metricsToken].filter((secret) => environment.includes(secret)).length];
    }),
  );
  expect(known).toMatchObject({ "The web server": 0, Postgres: 0, Redis: 0 });
  expect(known["The API"]).toBeGreaterThanOrEqual(3);
}

const status = (touchstone: Touchstone, path: string) =>
  fetch(`http://127.0.0.1:${touchstone.port}${path}`).then((answer) => answer.status);

describe("npm start", () => {
  afterEach(() => running?.kill("SIGTERM"));
  afterAll(() => rmSync(home, { recursive: true, force: true }));

  it("says where to look and how to sign in once, survives being killed outright, and stops with exit code 0", async () => {
    const first = await start("data");
    const output = await first.ready();
    expect(output.match(/^Touchstone is ready at .*$/gm)).toEqual([`Touchstone is ready at ${first.url}`]);
    expect(output).toMatch(/^Sign in as admin@touchstone\.local with the password \S+ \(shown only this once\)$/m);
    expect(await status(first, "/api/health/ready")).toBe(200);
    expect(await status(first, "/")).toBe(200);
    expectOwnSecretsOnly(first.dataDir);
    await first.kill("SIGKILL");

    const second = await start("data", first.port);
    expect(await second.ready()).toMatch(/^Sign in as .* with the password that the first start printed$/m);
    expect(await status(second, "/api/health/ready")).toBe(200);
    expect(await second.kill("SIGTERM")).toBe(0);
    await expect(status(second, "/api/health/ready")).rejects.toThrow();
  });

  it("names the variable to set where its port is taken", async () => {
    const port = await freePort();
    const holder = createServer().listen(port, "127.0.0.1");
    try {
      const refused = await start("taken", port);
      expect(await refused.ended()).toBe(1);
      expect(refused.output()).toContain(`Port ${port} is in use by another program`);
      expect(refused.output()).toContain("TOUCHSTONE_PORT");
    } finally {
      holder.close();
    }
  });
});
