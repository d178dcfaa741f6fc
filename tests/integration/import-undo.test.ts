import type { ImportListItem, LeasedTask } from "@touchstone/contracts";
import { freezeLabelSet, type OpenDatabase, openDatabase } from "@touchstone/persistence";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { brokenInvariants } from "../harness/assignment-invariants.ts";
import { importFile, newProject } from "../harness/import-file.ts";
import { submissionFor } from "../harness/labelling-project.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let workspaceId: string;
let open: OpenDatabase;
beforeAll(async () => {
  api = await openApi();
  open = openDatabase(api.databaseUrl, { connections: 2 });
  ({ admin, workspaceId } = await newTenant(api.server, "ada@example.org"));
});
afterAll(async () => {
  await open.close();
  await api.close();
});
/** Imported leases are journalled as "imported", and this API drains what judgements promise: neither holds here. */
const notHere = /last journal entry|promised to hear/;
afterEach(async () => expect((await brokenInvariants(open.db)).filter((one) => !notHere.test(one))).toEqual([]));

const trl = { format: "trl-preference" };
const pair = (prompt: string, annotator?: string) => ({
  prompt,
  chosen: "yes",
  rejected: "no",
  ...(annotator ? { annotator } : {}),
});
const prompts = (count: number) =>
  Array.from({ length: count }, (_, place) => ({ prompt: `Question ${place}`, completions: ["yes", "no"] }));

async function bringIn(projectId: string, query: Record<string, string>, rows: object[]): Promise<string> {
  const response = await importFile(admin, projectId, query, rows);
  expect(response.statusCode).toBe(201);
  return response.json<{ id: string }>().id;
}
async function listed(projectId: string): Promise<ImportListItem[]> {
  return (await admin.send("GET", `/api/projects/${projectId}/imports`)).json<{ items: ImportListItem[] }>().items;
}
async function claim(projectId: string): Promise<LeasedTask | undefined> {
  const response = await admin.send("POST", `/api/work/${projectId}/claims`, { count: 1 });
  return response.json<{ tasks: LeasedTask[] }>().tasks[0];
}
const undo = (id: string) => admin.send("DELETE", `/api/imports/${id}`);
async function counts(projectId: string) {
  const where = { projectId };
  const { db } = open;
  return {
    prompts: await db.prompt.count({ where }),
    completions: await db.completion.count({ where: { prompt: where } }),
    tasks: await db.task.count({ where }),
    judgements: await db.judgement.count({ where }),
  };
}
const nothing = { prompts: 0, completions: 0, tasks: 0, judgements: 0 };

describe("an import that was closed", () => {
  it("is opened, first a few tasks and then the rest", async () => {
    const projectId = await newProject(admin, "closed");
    const id = await bringIn(projectId, { format: "prompts", open: "false" }, prompts(5));
    expect(await claim(projectId)).toBeUndefined();
    expect(await listed(projectId)).toMatchObject([{ tasksOpen: 0, tasksClosed: 5, memberName: expect.any(String) }]);
    expect((await admin.send("POST", `/api/imports/${id}/open`, { count: 2 })).json()).toEqual({ opened: 2 });
    expect(await listed(projectId)).toMatchObject([{ tasksOpen: 2, tasksClosed: 3 }]);
    expect((await admin.send("POST", `/api/imports/${id}/open`, {})).json()).toEqual({ opened: 3 });
    expect(await claim(projectId)).toBeDefined();
  });
});

describe("the undo of an import", () => {
  it("takes away all it brought, votes and held tasks too, and says so in the audit", async () => {
    const projectId = await newProject(admin, "undone", 2);
    const id = await bringIn(projectId, trl, [pair("Sky?", "w1"), pair("Sea?", "w1"), pair("Sea?", "w2")]);
    const held = await claim(projectId);
    const response = await undo(id);
    expect(response.json()).toEqual({
      prompts: 2,
      completions: 4,
      tasks: 2,
      judgements: 3,
      promptsKept: 0,
      tasksKept: 0,
      media: 0,
    });
    expect(await counts(projectId)).toEqual(nothing);
    expect(await listed(projectId)).toEqual([]);
    if (!held) throw new Error("There was no task.");
    const late = await admin.send("POST", "/api/judgements", submissionFor(held));
    expect(late.statusCode).toBe(404);
    const event = await open.db.auditEvent.findFirst({ where: { action: "import.undone", subject: id } });
    expect(event?.detail).toMatchObject({ projectId, tasks: 2, judgements: 3 });
  });

  it("is refused once somebody has judged, by how many and on how many tasks, and changes nothing", async () => {
    const projectId = await newProject(admin, "judged");
    const id = await bringIn(projectId, { format: "prompts" }, prompts(2));
    const task = await claim(projectId);
    if (!task) throw new Error("There was no task.");
    expect((await admin.send("POST", "/api/judgements", submissionFor(task))).statusCode).toBe(201);
    const before = await counts(projectId);
    const response = await undo(id);
    expect(response.statusCode).toBe(409);
    expect(response.json()).toMatchObject({
      code: "import_in_use",
      detail: "Tasks of this import have judgements (judgements: 1, tasks: 1); it can be undone while it has none.",
    });
    expect(await counts(projectId)).toEqual(before);
  });

  it("does not count what was taken back, and says that the record of it stays", async () => {
    const projectId = await newProject(admin, "taken back");
    const id = await bringIn(projectId, { format: "prompts" }, prompts(2));
    const task = await claim(projectId);
    if (!task) throw new Error("There was no task.");
    const { judgementId } = (await admin.send("POST", "/api/judgements", submissionFor(task))).json<{
      judgementId: string;
    }>();
    expect(await listed(projectId)).toMatchObject([{ judgementsSince: 1, tasksJudgedSince: 1 }]);
    const taken = { idempotencyKey: crypto.randomUUID() };
    expect((await admin.send("POST", `/api/judgements/${judgementId}/undo`, taken)).statusCode).toBe(200);
    expect(await listed(projectId)).toMatchObject([{ judgementsSince: 0, tasksJudgedSince: 0 }]);
    const before = await counts(projectId);
    const response = await undo(id);
    expect(response.json()).toMatchObject({ code: "import_in_use", reason: "importTakenBack" });
    expect(await counts(projectId)).toEqual(before);
  });

  it("leaves what another import uses, which is that import's from then on", async () => {
    const projectId = await newProject(admin, "shared", 3);
    const first = await bringIn(projectId, trl, [pair("Sky?", "w1"), pair("Sea?", "w1")]);
    const second = await bringIn(projectId, trl, [pair("Sky?", "w1"), pair("Sky?", "w2")]);
    expect((await undo(first)).json()).toMatchObject({
      prompts: 1,
      tasks: 1,
      judgements: 1,
      promptsKept: 1,
      tasksKept: 1,
      media: 0,
    });
    expect(await counts(projectId)).toEqual({ prompts: 1, completions: 2, tasks: 1, judgements: 2 });
    expect((await undo(second)).statusCode).toBe(200);
    expect((await counts(projectId)).tasks).toBe(0);
  });

  it("gives a task back the places and the state that it had before the votes", async () => {
    const projectId = await newProject(admin, "restored", 1);
    await bringIn(projectId, { ...trl, open: "false" }, [pair("Sea?", "w1")]);
    const closed = await bringIn(projectId, { format: "prompts", open: "false" }, [
      { prompt: "Sky?", completions: ["yes", "no"] },
    ]);
    const votes = await bringIn(projectId, trl, [pair("Sky?", "w1"), pair("Sky?", "w2")]);
    const taskOf = () =>
      open.db.task.findFirst({ where: { importId: closed }, select: { overlap: true, state: true } });
    expect(await taskOf()).toEqual({ overlap: 2, state: "full" });
    expect((await undo(votes)).json()).toMatchObject({ tasks: 0, judgements: 2 });
    expect(await taskOf()).toEqual({ overlap: 1, state: "paused" });
  });

  it("is refused while its votes are frozen in a label set", async () => {
    const projectId = await newProject(admin, "frozen", 1);
    const id = await bringIn(projectId, trl, [pair("Sky?", "w1")]);
    await freezeLabelSet(open.db, { workspaceId, projectId, includeSimulated: false });
    const response = await undo(id);
    expect(response.json()).toMatchObject({
      code: "import_in_use",
      detail: "Votes of this import are frozen in label sets (1), so it was not undone.",
    });
    expect((await counts(projectId)).judgements).toBe(1);
  });

  it("of an import from before rows were noted is refused, and so is opening it", async () => {
    const projectId = await newProject(admin, "former");
    const id = await bringIn(projectId, { format: "prompts" }, prompts(1));
    await open.db.import.update({ where: { id }, data: { tracked: false } });
    expect((await undo(id)).json()).toMatchObject({ code: "import_untracked" });
    expect((await admin.send("POST", `/api/imports/${id}/open`, {})).json()).toMatchObject({
      code: "import_untracked",
    });
  });

  it("raced by somebody who judges: either it is refused, or nothing is left and the judgement finds no task", async () => {
    const outcomes = new Set<string>();
    for (let round = 0; round < 20; round += 1) {
      const projectId = await newProject(admin, `race ${round}`);
      const id = await bringIn(projectId, { format: "prompts" }, prompts(3));
      const task = await claim(projectId);
      if (!task) throw new Error("There was no task.");
      const [judged, undone] = await Promise.all([
        admin.send("POST", "/api/judgements", submissionFor(task)),
        undo(id),
      ]);
      outcomes.add(`${judged.statusCode} ${undone.statusCode}`);
      const left = await counts(projectId);
      expect(left).toEqual(
        judged.statusCode === 201 ? { prompts: 3, completions: 6, tasks: 3, judgements: 1 } : nothing,
      );
    }
    for (const outcome of outcomes) expect(["201 409", "404 200"]).toContain(outcome);
  });
});

it("no other judgement can be deleted", async () => {
  const projectId = await newProject(admin, "append-only", 1);
  await bringIn(projectId, trl, [pair("Sky?", "w1")]);
  await expect(open.db.judgement.deleteMany({ where: { projectId } })).rejects.toThrow(/append-only/);
});
