import { randomUUID } from "node:crypto";
import { type LeasedTask, type Questions, standardQuestion } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
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

async function claim(projectId: string): Promise<LeasedTask> {
  const claimed = await admin.send("POST", `/api/work/${projectId}/claims`, { count: 1 });
  const [task] = claimed.json<{ tasks: LeasedTask[] }>().tasks;
  if (!task) throw new Error("no task");
  return task;
}

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

/** The lines of an export. */
async function rows(projectId: string, format: string): Promise<string[]> {
  const sent = await admin.send("GET", `/api/projects/${projectId}/exports?format=${format}`);
  return sent.body.trim().split("\n").filter(Boolean);
}

async function firstRow(projectId: string, format: string): Promise<unknown> {
  return JSON.parse((await rows(projectId, format))[0] ?? "null");
}
