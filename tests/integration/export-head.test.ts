import { afterAll, beforeAll, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { importFile, newProject } from "../harness/import-file.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
beforeAll(async () => {
  api = await openApi();
  ({ admin } = await newTenant(api.server, "ada@example.org"));
});
afterAll(() => api.close());

const taken = () => api.server.database.auditEvent.count({ where: { action: { startsWith: "export." } } });

it("a HEAD of an export says what a GET would send, freezes no set, and is no export to the audit", async () => {
  const id = await newProject(admin, "Asked for");
  await importFile(admin, id, { format: "trl-preference" }, [{ prompt: "Which?", chosen: "This.", rejected: "That." }]);
  const url = `/api/projects/${id}/exports?format=trl-preference`;
  const asked = await admin.server.inject({ method: "HEAD", url, headers: { cookie: admin.cookie ?? "" } });
  expect([asked.statusCode, asked.body]).toEqual([200, ""]);
  expect([await taken(), await api.server.database.labelSet.count()]).toEqual([0, 0]);
  const sent = await admin.send("GET", url);
  for (const name of ["content-type", "content-disposition"]) expect(asked.headers[name]).toBe(sent.headers[name]);
  expect(sent.body).toContain("This.");
  await expect.poll(taken).toBe(2);
  const nowhere = url.replace(id, "00000000-0000-4000-8000-000000000000");
  const none = await admin.server.inject({ method: "HEAD", url: nowhere, headers: { cookie: admin.cookie ?? "" } });
  expect(none.statusCode).toBe(404);
});
