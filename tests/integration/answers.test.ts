import { randomUUID } from "node:crypto";
import { type LeasedTask, type Questions, standardQuestion } from "@touchstone/contracts";
import { freezeLabelSet, streamLabelSet } from "@touchstone/persistence";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { claimOne } from "../harness/asked-project.ts";
import { importFile, receiptOf } from "../harness/import-file.ts";
import { insertTasks, submissionFor } from "../harness/labelling-project.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;

beforeAll(async () => {
  api = await openApi();
  ({ admin } = await newTenant(api.server, "ada@example.org"));
});
afterAll(() => api.close());

/** A project whose tasks ask these questions about two answers each. */
async function projectAsking(questions?: Questions): Promise<string> {
  const { id } = (await admin.send("POST", "/api/projects", { name: `Asks ${randomUUID()}` })).json<{ id: string }>();
  await insertTasks(api.server.database, id, { tasks: 5, overlap: 1, batch: 100 });
  if (questions) {
    const { workspaceId } = await api.server.database.project.findUniqueOrThrow({ where: { id } });
    const own = { workspaceId, projectId: id, name: "own", questions };
    const { id: questionnaireId } = await api.server.database.questionnaire.create({ data: own });
    await api.server.database.task.updateMany({ where: { projectId: id }, data: { questionnaireId } });
  }
  return id;
}

const claim = (projectId: string) => claimOne(admin, projectId);

async function send(task: LeasedTask, said: object) {
  const { answer: _, ...submission } = submissionFor(task);
  const sent = await admin.send("POST", "/api/judgements", { ...submission, ...said });
  return {
    status: sent.statusCode,
    ...sent.json<{ code?: string; path?: string; issues?: unknown; next?: LeasedTask }>(),
  };
}

const preference = standardQuestion("preference");

describe("the answer to a task's one question", () => {
  it.each([
    ["a score of another question", { choice: "rated", score: 3 }, "invalid_value", "choice"],
    ["a step off the scale", { choice: "graded", step: 8 }, "invalid_value", "step"],
    ["half a step", { choice: "graded", step: 2.5 }, "invalid_value", "step"],
    ["a step that is missing", { choice: "graded" }, "invalid_request", "step"],
    ["a field too many", { choice: "graded", step: 2, more: 1 }, "invalid_request", ""],
  ])("is refused with %s, wherever it stands", async (_, answer, code, field) => {
    const task = await claim(await projectAsking());
    const status = code === "invalid_value" ? 422 : 400;
    expect(await send(task, { answer })).toMatchObject({
      status,
      code,
      path: ["answer", field].filter(Boolean).join("."),
    });
    const named = { answers: { preference: answer } };
    expect(await send(task, named)).toMatchObject({
      status,
      code,
      path: ["answers.preference", field].filter(Boolean).join("."),
    });
  });

  it("is refused with the allowed choices where it has none of them", async () => {
    const { issues } = await send(await claim(await projectAsking()), { answer: { choice: "maybe" } });
    for (const choice of ["graded", "both-bad"]) expect(JSON.stringify(issues)).toContain(choice);
  });

  it("is taken under its name too", async () => {
    const task = await claim(await projectAsking());
    expect(await send(task, { answers: { preference: { choice: "graded", step: 6 } } })).toMatchObject({ status: 201 });
  });
});

describe("a task that asks several questions", () => {
  const better = { ...preference, name: "better", title: "Which is better?" };
  const honest = {
    ...preference,
    name: "honest",
    title: "Which is more honest?",
    settings: { steps: 3, bothBad: false },
  };
  const why = { ...honest, name: "why", required: false, when: { question: "better", field: "step", is: [1, 7] } };
  const much = { choice: "graded", step: 1 };
  const alike = { choice: "graded", step: 4 };
  let projectId: string;
  beforeAll(async () => {
    projectId = await projectAsking([better, honest, why]);
  });

  it("wants an answer to each that is asked, and to no other", async () => {
    const task = await claim(projectId);
    expect(task.questions.map(({ name }) => name)).toEqual(["better", "honest", "why"]);
    expect(await send(task, { answer: much })).toMatchObject({ status: 400, path: "answers" });
    expect(await send(task, { answers: { better: much } })).toMatchObject({ status: 422, path: "answers.honest" });
    const foreign = { better: much, honest: alike, other: alike };
    expect(await send(task, { answers: foreign })).toMatchObject({ status: 422, path: "answers.other" });
    const unasked = { better: alike, honest: alike, why: alike };
    expect(await send(task, { answers: unasked })).toMatchObject({ status: 422, path: "answers.why" });
    const offScale = { better: much, honest: much };
    expect(await send(task, { answers: offScale })).toMatchObject({ status: 422, path: "answers.honest.step" });
  });

  it("is judged and undone as one, and read back by name", async () => {
    const task = await claim(projectId);
    const answers = { better: much, honest: alike, why: alike };
    const sent = await send(task, { answers });
    expect(sent.status).toBe(201);
    const { judgementId } = sent as { judgementId?: string };
    const view = await admin.send("GET", `/api/judgements/${judgementId}`);
    expect(view.json()).toMatchObject({
      answers,
      questions: [{ name: "better" }, { name: "honest" }, { name: "why" }],
    });
    const row = await firstRow(projectId, "judgements");
    expect(row).toMatchObject({ answers, answer: null, question: null });
    // Of the three comparisons one is of a winner; the two ties are none in this format.
    expect(await rows(projectId, "trl-preference")).toHaveLength(1);
    const undone = await admin.send("POST", `/api/judgements/${judgementId}/undo`, { idempotencyKey: randomUUID() });
    expect(undone.json()).toMatchObject({ taskId: task.taskId, previousAnswers: answers });
  });
});

describe("a ranking", () => {
  const own = { name: "order", questions: [{ name: "order", kind: "ranking", settings: { ties: false } }] };

  it("is asked of the answers of a row, kept whole, and learned from", async () => {
    const projectId = await projectAsking();
    await api.server.database.task.deleteMany({ where: { projectId } });
    const written = await admin.send("POST", `/api/projects/${projectId}/questionnaires`, own);
    expect(written.json()).toMatchObject({
      name: "order",
      version: 1,
      questions: [{ settings: { ties: false, top: null } }],
    });
    const again = await admin.send("POST", `/api/projects/${projectId}/questionnaires`, own);
    expect(again.json()).toMatchObject({ version: 1, id: written.json<{ id: string }>().id });
    const rows = [
      { prompt: "Which drink?", completions: ["tea", "milk", "cocoa", "water"] },
      { prompt: "Which one alone?", completions: ["tea"] },
    ];
    const receipt = await receiptOf(admin, projectId, { format: "prompts", question: "order" }, rows);
    expect(receipt.json()).toMatchObject({ counts: { tasks: 1 }, warnings: [{ code: "tooFewAnswers", lines: [2] }] });
    const imported = await importFile(admin, projectId, { format: "prompts", question: "order" }, rows);
    expect(imported.json()).toMatchObject({ prompts: 2, tasks: 1 });

    const task = await claim(projectId);
    expect(task.completions).toHaveLength(4);
    const tied = { order: { ranks: [1, 1, 2, 3] } };
    expect(await send(task, { answers: tied })).toMatchObject({ status: 422, path: "answers.order.ranks" });
    const answers = { order: { ranks: [2, 4, 1, 3] } };
    expect(await send(task, { answers })).toMatchObject({ status: 201 });
    expect(await firstRow(projectId, "judgements")).toMatchObject({ answers, question: "ranking" });

    const { workspaceId } = await api.server.database.project.findUniqueOrThrow({ where: { id: projectId } });
    const frozen = await freezeLabelSet(api.server.database, { workspaceId, projectId, includeSimulated: false });
    const forms = [];
    for await (const form of streamLabelSet(api.server.database, frozen.id)) forms.push(form);
    const best = [task.completions[2], task.completions[0], task.completions[3], task.completions[1]];
    expect(forms).toMatchObject([{ kind: "ranking", groups: best.map((one) => [{ text: one?.text }]) }]);
  });

  it("is refused as a questionnaire by the field that is wrong", async () => {
    const projectId = await projectAsking();
    const write = async (body: object) => {
      const sent = await admin.send("POST", `/api/projects/${projectId}/questionnaires`, body);
      return { status: sent.statusCode, ...sent.json<{ path?: string }>() };
    };
    const order = { name: "order", kind: "ranking" };
    expect(await write({ name: "preference", questions: [order] })).toMatchObject({ status: 422, path: "name" });
    expect(await write({ name: "two", questions: [order, order] })).toMatchObject({ path: "questions.1.name" });
    const wrong = { ...order, settings: { top: 9 } };
    expect(await write({ name: "two", questions: [wrong] })).toMatchObject({ path: "questions.0.settings.top" });
    const alone = { name: "good", kind: "rating" };
    expect(await write({ name: "two", questions: [order, alone] })).toMatchObject({ status: 422, path: "questions" });
    const early = { ...order, when: { question: "later" } };
    expect(await write({ name: "two", questions: [early] })).toMatchObject({ path: "questions.0.when.question" });
  });
});

/** The lines of an export. */
async function rows(projectId: string, format: string): Promise<string[]> {
  const sent = await admin.send("GET", `/api/projects/${projectId}/exports?format=${format}`);
  return sent.body.trim().split("\n").filter(Boolean);
}

async function firstRow(projectId: string, format: string): Promise<unknown> {
  return JSON.parse((await rows(projectId, format))[0] ?? "null");
}
