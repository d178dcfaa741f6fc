import { randomUUID } from "node:crypto";
import type { QuestionnaireListItem } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { importFile } from "../harness/import-file.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
beforeAll(async () => {
  api = await openApi();
  ({ admin } = await newTenant(api.server, "ada@example.org"));
});
afterAll(() => api.close());

const order = { name: "order", kind: "ranking" };
const rows = [{ prompt: "Which drink?", completions: ["tea", "milk", "cocoa"] }];

async function newProject(): Promise<{ id: string; at: string }> {
  const made = await admin.send("POST", "/api/projects", { name: `Asks ${randomUUID()}` });
  const { id } = made.json<{ id: string }>();
  return { id, at: `/api/projects/${id}/questionnaires` };
}

async function listed(at: string) {
  const { items } = (await admin.send("GET", at)).json<{ items: QuestionnaireListItem[] }>();
  return items.map(({ name, version, tasks, questions }) => ({
    name,
    version,
    tasks,
    asks: questions.map((question) => question.name),
  }));
}

describe("the questionnaires of a project", () => {
  it("are listed with every version and how many tasks ask each", async () => {
    const { id, at } = await newProject();
    await admin.send("POST", at, { name: "order", questions: [order] });
    await importFile(admin, id, { format: "prompts", question: "order" }, rows);
    await admin.send("POST", at, { name: "order", questions: [order, { ...order, name: "kindness" }] });
    // A project of their own, whose tasks are no concern of the first.
    await importFile(admin, (await newProject()).id, { format: "prompts" }, rows);
    expect(await listed(at)).toEqual([
      { name: "order", version: 2, tasks: 0, asks: ["order", "kindness"] },
      { name: "order", version: 1, tasks: 1, asks: ["order"] },
      { name: "preference", version: 1, tasks: 0, asks: ["preference"] },
      { name: "rating", version: 1, tasks: 0, asks: ["rating"] },
    ]);
  });

  it("of another workspace are not there", async () => {
    const { admin: stranger } = await newTenant(api.server, "eve@example.org");
    expect((await stranger.send("GET", (await newProject()).at)).statusCode).toBe(404);
  });

  it("are changed only on top of the version that their writer has read, but for what is the same", async () => {
    const { at } = await newProject();
    const write = async (basedOn: number, name: string) => {
      const sent = await admin.send("POST", at, { name: "order", basedOn, questions: [{ ...order, name }] });
      return { status: sent.statusCode, ...sent.json<object>() };
    };
    expect(await write(0, "order")).toMatchObject({ status: 200, version: 1 });
    // The second click of a double click.
    expect(await write(0, "order")).toMatchObject({ status: 200, version: 1 });
    expect(await write(0, "mine")).toMatchObject({ status: 409, reason: "questionnaireMade", path: "name" });
    expect(await write(1, "theirs")).toMatchObject({ status: 200, version: 2 });
    const stands = { reason: "questionnaireChanged", values: { name: "order", version: 2 } };
    expect(await write(1, "mine")).toMatchObject({ status: 409, ...stands });
    expect(await write(2, "mine")).toMatchObject({ status: 200, version: 3 });
    expect((await listed(at)).slice(0, 3).map(({ asks }) => asks)).toEqual([["mine"], ["theirs"], ["order"]]);
  });

  it("are refused with a reason at each field, by which a page says it in any language", async () => {
    const { at } = await newProject();
    const issuesOf = async (body: object) =>
      (await admin.send("POST", at, body)).json<{ issues: object[] }>().issues.map((issue) => Object(issue));
    const limits = await issuesOf({ name: "two", questions: [{ ...order, settings: { top: 9 } }] });
    expect(limits).toMatchObject([
      {
        path: "questions.0.settings.top",
        reason: "field.tooLarge",
        message: "must be 8 or less.",
        values: { limit: 8 },
      },
    ]);
    const unknown = await issuesOf({ name: "two", questions: [{ ...order, settings: { tops: 3 } }] });
    expect(unknown).toMatchObject([{ reason: "field.unknownFields", values: { names: "tops" } }]);
    expect(
      await issuesOf({ name: "rating", questions: [order, { ...order, when: { question: "later" } }] }),
    ).toMatchObject([
      { reason: "field.nameOfStandard" },
      { reason: "field.nameTaken" },
      { reason: "field.askedLater" },
    ]);
    const numbers = await issuesOf({ name: "two", questions: [order, { name: "good", kind: "rating" }] });
    expect(numbers).toMatchObject([{ path: "questions", reason: "field.differentNumbers" }]);
  });
});
