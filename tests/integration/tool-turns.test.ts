import type { ImportReceipt, JudgementView } from "@touchstone/contracts";
import { stepsOf, trajectoryIn } from "@touchstone/contracts";
import { promptsForTraining } from "@touchstone/persistence";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { claimOne, formsOf } from "../harness/asked-project.ts";
import { exportRows, importFile, newProject, receiptOf } from "../harness/import-file.ts";
import { submissionFor } from "../harness/labelling-project.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
beforeAll(async () => {
  api = await openApi();
  admin = (await newTenant(api.server, "ada@example.org")).admin;
});
afterAll(() => api?.close());

const user = (content: string) => ({ role: "user", content });
const said = (content: string) => ({ role: "assistant", content });
const call = { id: "call_1", type: "function", function: { name: "weather", arguments: '{"city": "Oslo"}' } };
const called = { role: "assistant", content: "", tool_calls: [call] };
const result = { role: "tool", content: '{"celsius": -3}', tool_call_id: "call_1", name: "weather" };

async function judge(projectId: string, answer: object): Promise<void> {
  const submission = submissionFor(await claimOne(admin, projectId));
  const sent = await admin.send("POST", "/api/judgements", { ...submission, answer });
  expect(sent.statusCode, sent.body).toBe(201);
}

it("pairs of two turns and prompts with calls of tools come out as they were given, and only the first are learned from", async () => {
  const projectId = await newProject(admin, "Turns", 1);
  const rows = [
    {
      messages: [user("Name a river in Norway."), said("The Glomma."), user("How long is it?")],
      completions: ["About 620 km.", "No idea."],
      external_id: "two-turn",
    },
    { messages: [user("Is it cold in Oslo?"), called, result], completions: ["Yes.", "No."], external_id: "tools" },
  ];
  expect((await importFile(admin, projectId, { format: "prompts" }, rows)).statusCode).toBe(201);
  for (const _ of rows) await judge(projectId, { choice: "graded", step: 1 });
  const out = await exportRows(admin, projectId, "trl-preference");
  const promptOf = (id: string) => out.find(({ external_id }) => external_id === id)?.prompt;
  expect([promptOf("two-turn"), promptOf("tools")]).toEqual(rows.map(({ messages }) => messages));
  const raw = await exportRows(admin, projectId, "judgements");
  expect(raw.map(({ prompt }) => prompt)).toEqual(expect.arrayContaining(rows.map(({ messages }) => messages)));

  const forms = await formsOf(api, projectId);
  expect(forms).toMatchObject([{ kind: "comparison", prompt: rows[0]?.messages }]);
  const { workspaceId } = await api.server.database.project.findUniqueOrThrow({ where: { id: projectId } });
  const prompts = await promptsForTraining(api.server.database, workspaceId, projectId);
  expect(prompts.map(({ prompt }) => prompt)).toEqual([rows[0]?.messages]);
  // The same file is the same prompts, and what was exported is there already.
  expect((await importFile(admin, projectId, { format: "prompts" }, rows)).json()).toMatchObject({
    prompts: 0,
    tasks: 0,
  });
  expect((await importFile(admin, projectId, { format: "judgements" }, raw)).json()).toMatchObject({
    prompts: 0,
    judgements: 0,
  });
});

const documents = ["Cold: −3 °C.", "Warm."].map((message, index) => ({
  schema_version: "ATIF-v1.7",
  trajectory_id: `run-${index}`,
  agent: { name: "secret-agent", version: "1.0", model_name: `secret-model-${index}` },
  steps: [
    { step_id: 1, source: "user", message: "How warm is it in Oslo?" },
    {
      ...{ step_id: 2, source: "agent", message: "I look.", reasoning_content: "Weather is a call away." },
      tool_calls: [{ tool_call_id: "c1", function_name: "weather", arguments: { city: "Oslo" } }],
      observation: { results: [{ source_call_id: "c1", content: "−3 °C" }] },
      metrics: { prompt_tokens: 9, cost_usd: null },
    },
    { step_id: 3, source: "agent", message },
  ],
}));

it("trajectories of one task are compared without a model's name, labelled step by step, and exported whole", async () => {
  const projectId = await newProject(admin, "Trajectories", 1);
  const file = Buffer.from(JSON.stringify(documents, null, 2));
  const receipt = (await receiptOf(admin, projectId, {}, file)).json<ImportReceipt>();
  expect(receipt).toMatchObject({
    format: "atif",
    counts: { rows: 2, prompts: 1, answers: 2, tasks: 1 },
    warnings: [],
  });
  expect((await importFile(admin, projectId, { format: "atif" }, file)).statusCode).toBe(201);

  const task = await claimOne(admin, projectId);
  expect(JSON.stringify(task)).not.toMatch(/secret|cost_usd/);
  expect(task.prompt.messages).toEqual([user("How warm is it in Oslo?")]);
  const first = task.completions.findIndex(({ text }) => text?.includes("Cold"));
  const sent = await admin.send("POST", "/api/judgements", {
    ...submissionFor(task),
    answer: { choice: "graded", step: first === 0 ? 1 : 7 },
  });
  expect(sent.statusCode, sent.body).toBe(201);

  const [raw] = await exportRows(admin, projectId, "judgements");
  const answers = raw?.completions as { trajectory: unknown; model: string; external_id: string }[];
  expect(answers.map(({ trajectory }) => trajectory)).toEqual(documents);
  expect(answers[0]).toMatchObject({ model: "secret-model-0", external_id: "run-0" });
  const [pair] = await exportRows(admin, projectId, "trl-preference");
  expect(pair?.chosen).toEqual([
    {
      ...said("I look."),
      tool_calls: [{ id: "c1", type: "function", function: { name: "weather", arguments: '{"city":"Oslo"}' } }],
    },
    { role: "tool", content: "−3 °C", tool_call_id: "c1" },
    said("Cold: −3 °C."),
  ]);
  expect(await formsOf(api, projectId)).toEqual([]);
  const { judgementId } = sent.json<{ judgementId: string }>();
  const view = (await admin.send("GET", `/api/judgements/${judgementId}`)).json<JudgementView>();
  expect(view.completions.map(({ text }) => trajectoryIn(text)?.steps.length)).toEqual([2, 2]);

  const questions = [{ name: "each", kind: "steps" }];
  await admin.send("POST", `/api/projects/${projectId}/questionnaires`, { name: "own", questions });
  expect((await importFile(admin, projectId, { format: "atif", question: "own" }, file)).json()).toMatchObject({
    completions: 0,
    tasks: 2,
  });
  const { answer: _, ...labels } = submissionFor(await claimOne(admin, projectId));
  const answer = { each: { choice: "labelled", labels: ["good", "bad"] } };
  expect((await admin.send("POST", "/api/judgements", { ...labels, answers: answer })).statusCode).toBe(201);
  const [row] = await exportRows(admin, projectId, "stepwise");
  expect(row).toMatchObject({ prompt: "How warm is it in Oslo?", labels: [true, false] });
  // The first step is the same in both.
  expect(row?.completions).toHaveProperty("0", stepsOf(view.completions[0]?.text ?? "", "paragraphs")[0]);
});
