import { rmSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { freePort } from "@touchstone/stack";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { startTouchstone, type Touchstone, temporaryFolder } from "../harness/touchstone.ts";

const home = temporaryFolder();
let running: Touchstone | undefined;

async function start(folder: string, port?: number): Promise<Touchstone> {
  running = await startTouchstone({ dataDir: join(home, folder), ...(port === undefined ? {} : { port }) });
  return running;
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
