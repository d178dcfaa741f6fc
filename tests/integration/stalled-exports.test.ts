import { get, type IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { importFile, newProject } from "../harness/import-file.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
beforeAll(async () => {
  // Long enough for a busy machine to begin five of them.
  api = await openApi({ TOUCHSTONE_EXPORT_IDLE_SECONDS: "5" });
  ({ admin } = await newTenant(api.server, "ada@example.org"));
});
afterAll(() => api.close());

it("exports whose callers never read are cut off, and their room is given back", async () => {
  const projectId = await newProject(admin, "stalled", 1);
  // More than the connection's own buffers hold.
  const long = "All of it again. ".repeat(5_000);
  const rows = Array.from({ length: 150 }, (_, nth) => ({
    prompt: `p${nth}`,
    chosen: `${nth} ${long}`,
    rejected: "No.",
  }));
  expect((await importFile(admin, projectId, { format: "trl-preference" }, rows)).statusCode).toBe(201);
  const address = await api.server.listen({ port: 0, host: "127.0.0.1" });
  const url = `${address}/api/projects/${projectId}/exports?format=trl-preference`;
  const begin = () =>
    new Promise<IncomingMessage>((resolve, reject) => {
      get(url, { headers: { cookie: admin.cookie ?? "" } }, resolve).on("error", reject);
    });
  const stalled = await Promise.all([begin(), begin(), begin(), begin()]);
  expect(stalled.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200]);
  for (const response of stalled) response.on("error", () => undefined);
  const statuses: number[] = [];
  while (statuses.at(-1) !== 200 && statuses.length < 100) {
    const fifth = await begin();
    statuses.push(fifth.statusCode ?? 0);
    fifth.on("error", () => undefined).resume();
    await sleep(100);
  }
  expect([...new Set(statuses)]).toEqual([429, 200]);
  for (const response of stalled) response.destroy();
});
