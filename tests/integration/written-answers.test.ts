import { randomUUID } from "node:crypto";
import type { ExportCounts, ImportReceipt, LeasedTask } from "@touchstone/contracts";
import { registerModel } from "@touchstone/persistence";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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
afterAll(() => api.close());

/** A project with a questionnaire of its own, and tasks that ask it of these rows. */
async function projectOf(questions: readonly object[], rows: readonly object[]) {
  const projectId = await newProject(admin, `Written ${randomUUID()}`, 1);
  const own = { name: "own", questions };
  const written = await admin.send("POST", `/api/projects/${projectId}/questionnaires`, own);
  expect(written.statusCode, written.body).toBe(200);
  const query = { format: "prompts", question: "own" };
  const receipt = (await receiptOf(admin, projectId, query, rows)).json<ImportReceipt>();
  const imported = await importFile(admin, projectId, query, rows);
  expect(imported.statusCode, imported.body).toBe(201);
  return { projectId, receipt, imported: imported.json<{ prompts: number; tasks: number }>() };
}

const claim = (projectId: string) => claimOne(admin, projectId);

async function send(task: LeasedTask, answers: object) {
  const { answer: _, ...submission } = submissionFor(task);
  const sent = await admin.send("POST", "/api/judgements", { ...submission, answers });
  return { status: sent.statusCode, ...sent.json<{ path?: string; code?: string; judgementId?: string }>() };
}

async function counted(projectId: string) {
  const counts = await admin.send("GET", `/api/projects/${projectId}/exports/counts`);
  return counts.json<ExportCounts>().rows;
}

/** How launching a run that wants one label is answered; what the policy's files say does not matter to it. */
async function launched(projectId: string, kind: "reward" | "dpo") {
  const db = api.server.database;
  const { workspaceId } = await db.project.findUniqueOrThrow({ where: { id: projectId } });
  const files = { files: [], sha256: "0".repeat(64), parameters: 1, spec: {} };
  const modelVersionId = await registerModel(db, { ...files, workspaceId, kind: "policy", name: randomUUID() });
  const draft = { kind, policy: { modelVersionId }, spec: { minimumLabels: 1 } };
  const sent = await admin.send("POST", `/api/projects/${projectId}/runs`, draft);
  return { status: sent.statusCode, ...sent.json<{ code?: string }>() };
}

const prompt = "Which drink is best?";
const asked = [{ role: "user", content: prompt }];

describe("an answer that is to be written", () => {
  const questions = [{ name: "ideal", kind: "demonstration", settings: { minLength: 5, maxLength: 20 } }];

  it("is asked about a prompt that has no answers, and the receipt says so", async () => {
    const rows = [{ prompt }, { prompt: "And with answers?", completions: ["tea", "milk"] }];
    const { projectId, receipt, imported } = await projectOf(questions, rows);
    expect(receipt.counts).toMatchObject({ prompts: 2, tasks: 2, wanted: 2 });
    expect(receipt.warnings).toMatchObject([{ code: "promptAlone", weight: "note", lines: [1], values: { count: 1 } }]);
    expect(imported).toMatchObject({ prompts: 2, tasks: 2 });
    const shown = [await claim(projectId)];
    expect((await send(shown[0] as LeasedTask, { ideal: { text: "Green tea." } })).status).toBe(201);
    shown.push(await claim(projectId));
    expect(shown.map(({ completions }) => completions.length).sort()).toEqual([0, 2]);
    // Once more: the same rows make nothing new.
    const again = await importFile(admin, projectId, { format: "prompts", question: "own" }, rows);
    expect(again.json()).toMatchObject({ prompts: 0, tasks: 0 });
  });

  it("is refused by its field where it is too short, too long, blank, or cannot be stored", async () => {
    const { projectId } = await projectOf(questions, [{ prompt }]);
    const task = await claim(projectId);
    for (const text of ["tea", " ".repeat(9), "👍".repeat(21), "x".repeat(100_001)]) {
      expect(await send(task, { ideal: { text } })).toMatchObject({ status: 422, path: "answers.ideal.text" });
    }
    const nul = await send(task, { ideal: { text: "tea\0tea" } });
    expect(nul).toMatchObject({ status: 422, code: "unstorable_text", path: "answers.ideal.text" });
    expect(await send(task, { ideal: { text: "👍".repeat(20) } })).toMatchObject({ status: 201 });
  });

  it("comes out to be imitated, is counted, and adds nothing when it comes back", async () => {
    const text = "绿茶，\n不加糖。";
    const { projectId } = await projectOf(questions, [{ prompt, external_id: "row-1" }]);
    const { judgementId, status } = await send(await claim(projectId), { ideal: { text } });
    expect(status).toBe(201);
    const rows = await exportRows(admin, projectId, "sft-messages");
    expect(rows).toMatchObject([
      {
        messages: [...asked, { role: "assistant", content: text }],
        completion_id: null,
        model: null,
        label_id: judgementId,
        annotator_hash: expect.stringMatching(/^[0-9a-f]{16}$/),
        external_id: "row-1",
      },
    ]);
    expect(await counted(projectId)).toEqual({
      "trl-preference": 0,
      ratings: 0,
      "sft-messages": 1,
      stepwise: 0,
      judgements: 1,
    });
    const raw = await exportRows(admin, projectId, "judgements");
    expect(raw).toMatchObject([
      { answer: { text }, answers: { ideal: { text } }, question: "demonstration", completions: [] },
    ]);
    expect(await formsOf(api, projectId)).toMatchObject([{ kind: "demonstration", prompt: asked, text, judgementId }]);
    const back = await importFile(admin, projectId, { format: "sft-messages" }, rows);
    expect(back.json()).toMatchObject({ prompts: 0, completions: 0, tasks: 0 });
  });
});

describe("an answer that is to be corrected", () => {
  const questions = [
    { name: "right", kind: "correction" },
    { name: "why", kind: "text", required: false, when: { question: "right", field: "choice", is: ["edited"] } },
  ];
  const completions = ["The earth is flat.", "Water is dry.", "Tea is a drink."];

  it("comes out better than it was, and to be imitated, with why", async () => {
    const { projectId } = await projectOf(questions, [{ prompt, completions, split: "train" }]);
    for (const kind of ["reward", "dpo"] as const) {
      expect(await launched(projectId, kind)).toMatchObject({ status: 422, code: "too_few_labels" });
    }
    const task = await claim(projectId);
    const original = task.completions[1]?.text ?? "";
    const same = { right: { choice: "edited", place: 1, text: original } };
    expect(await send(task, same)).toMatchObject({ status: 422, path: "answers.right.text" });
    const nowhere = { right: { choice: "edited", place: 3, text: "Round." } };
    expect(await send(task, nowhere)).toMatchObject({ status: 422, path: "answers.right.place" });
    const text = `${original} 不对！`;
    const answers = { right: { choice: "edited", place: 1, text }, why: { text: "It is wrong." } };
    const { status, judgementId } = await send(task, answers);
    expect(status).toBe(201);

    expect(await exportRows(admin, projectId, "judgements")).toMatchObject([{ answers, outcome: null }]);
    const pairs = await exportRows(admin, projectId, "trl-preference");
    expect(pairs).toMatchObject([
      {
        prompt: asked,
        chosen: [{ role: "assistant", content: text }],
        rejected: [{ role: "assistant", content: original }],
        chosen_id: `${judgementId}/right`,
        rejected_id: task.completions[1]?.id,
        margin: 2 / 3,
        label_id: judgementId,
      },
    ]);
    const imitated = await exportRows(admin, projectId, "sft-messages");
    expect(imitated).toMatchObject([
      { messages: [...asked, { role: "assistant", content: text }], label_id: judgementId },
    ]);
    expect(await counted(projectId)).toEqual({
      "trl-preference": 1,
      ratings: 0,
      "sft-messages": 1,
      stepwise: 0,
      judgements: 1,
    });
    expect(await formsOf(api, projectId)).toMatchObject([
      { kind: "comparison", a: { text: original }, b: { text }, outcome: -2, edited: "b" },
      { kind: "demonstration", text },
    ]);
    for (const [format, rows] of [["trl-preference", pairs] as const, ["sft-messages", imitated] as const]) {
      const back = await importFile(admin, projectId, { format }, rows);
      expect(back.json(), format).toMatchObject({ prompts: 0, completions: 0, tasks: 0, judgements: 0 });
    }
    for (const kind of ["reward", "dpo"] as const)
      expect(await launched(projectId, kind)).toMatchObject({ status: 201 });
    const sample = await admin.send("GET", `/api/projects/${projectId}/exports/sample?format=trl-preference`);
    expect(sample.json<{ lines: unknown[] }>().lines).toHaveLength(1);
  });

  it("may be right as it stands: then it is imitated, and better than nothing", async () => {
    const { projectId } = await projectOf(questions, [{ prompt, completions: ["Tea is a drink."] }]);
    const task = await claim(projectId);
    const unasked = { right: { choice: "unchanged", place: 0 }, why: { text: "It is right." } };
    expect(await send(task, unasked)).toMatchObject({ status: 422, path: "answers.why" });
    expect(await send(task, { right: { choice: "unchanged", place: 0 } })).toMatchObject({ status: 201 });
    expect(await counted(projectId)).toEqual({
      "trl-preference": 0,
      ratings: 0,
      "sft-messages": 1,
      stepwise: 0,
      judgements: 1,
    });
    const [row] = await exportRows(admin, projectId, "sft-messages");
    expect(row).toMatchObject({ messages: [...asked, { role: "assistant", content: "Tea is a drink." }] });
    expect(await exportRows(admin, projectId, "trl-preference")).toEqual([]);
  });
});

it("a task whose every question may be left out wants one answer all the same", async () => {
  const questions = [{ name: "note", kind: "text", required: false }];
  const { projectId } = await projectOf(questions, [{ prompt }]);
  const task = await claim(projectId);
  expect(await send(task, {})).toMatchObject({ status: 422, path: "answers.note" });
  expect(await send(task, { note: { text: "Odd." } })).toMatchObject({ status: 201 });
  expect(await exportRows(admin, projectId, "judgements")).toMatchObject([{ answer: { text: "Odd." } }]);
  expect(await counted(projectId)).toEqual({
    "trl-preference": 0,
    ratings: 0,
    "sft-messages": 0,
    stepwise: 0,
    judgements: 1,
  });
});
