import { afterAll, beforeAll, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { importFile, newProject } from "../harness/import-file.ts";
import { invite, newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let annotator: Visitor;
beforeAll(async () => {
  api = await openApi();
  ({ admin } = await newTenant(api.server, "ada@example.org"));
  annotator = await invite(admin, "annotator", "bob@example.org");
});
afterAll(() => api.close());

it("a paused project is made ready: it takes imports, gives out none of their tasks until it goes on, and says why it simulates nothing", async () => {
  const id = await newProject(admin, "Being made ready", 1);
  const turn = (state: string) => admin.send("PATCH", `/api/projects/${id}`, { state });
  const claim = async () => (await annotator.send("POST", `/api/work/${id}/claims`, {})).json();
  await turn("paused");
  const rows = [{ prompt: "Which?", completions: ["This.", "That."] }];
  expect((await importFile(admin, id, { format: "prompts", open: "true" }, rows)).statusCode).toBe(201);
  expect(await claim()).toMatchObject({ tasks: [], paused: true });
  const simulate = () => admin.send("POST", `/api/projects/${id}/simulation`, { annotators: 1, judgements: 1 });
  expect((await simulate()).json()).toMatchObject({ status: 409, code: "conflict", reason: "simulationPaused" });
  expect(await api.server.database.run.count()).toBe(0);
  await turn("active");
  expect((await claim()).tasks).toHaveLength(1);
  expect((await simulate()).statusCode).toBe(201);
});
