import { randomUUID } from "node:crypto";
import type { ExportCounts, LeasedTask, ProjectFigures } from "@touchstone/contracts";
import { registerModel } from "@touchstone/persistence";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { claimOne, formsOf } from "../harness/asked-project.ts";
import { exportRows, importFile, newProject } from "../harness/import-file.ts";
import { submissionFor } from "../harness/labelling-project.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
beforeAll(async () => {
  api = await openApi();
  admin = (await newTenant(api.server, "ada@example.org")).admin;
});
afterAll(() => api.close());

const writeQuestions = (projectId: string, questions: readonly object[]) =>
  admin.send("POST", `/api/projects/${projectId}/questionnaires`, { name: "own", questions });

/** A project with one question of its own, and a task that asks it of these answers. */
async function projectAsking(kind: string, settings: object, completions: readonly string[]): Promise<string> {
  const projectId = await newProject(admin, `Asks ${randomUUID()}`, 1);
  const written = await writeQuestions(projectId, [{ name: "said", kind, settings }]);
  expect(written.statusCode, written.body).toBe(200);
  const rows = [{ prompt: "Which drink is best?", completions, split: "train" }];
  const imported = await importFile(admin, projectId, { format: "prompts", question: "own" }, rows);
  expect(imported.statusCode, imported.body).toBe(201);
  return projectId;
}

const claim = (projectId: string) => claimOne(admin, projectId);

async function send(task: LeasedTask, said: object) {
  const { answer: _, ...submission } = submissionFor(task);
  const sent = await admin.send("POST", "/api/judgements", { ...submission, answers: { said } });
  return { status: sent.statusCode, ...sent.json<{ path?: string; code?: string }>() };
}

/** What the raw export says was said, and how many rows each export has as it is counted and as it is read. */
async function exported(projectId: string) {
  const formats = ["trl-preference", "ratings", "sft-messages", "judgements", "stepwise"] as const;
  const rows: Record<string, unknown>[][] = [];
  // One after another: a workspace has no more than four under way.
  for (const format of formats) rows.push(await exportRows(admin, projectId, format));
  const counts = (await admin.send("GET", `/api/projects/${projectId}/exports/counts`)).json<ExportCounts>();
  expect(counts.rows).toEqual(Object.fromEntries(formats.map((format, index) => [format, rows[index]?.length])));
  const [pairs = [], ratings = [], liked = [], raw = []] = rows;
  return { pairs, ratings, liked, raw };
}

/** How launching a run is answered; what the policy's files say does not matter to it. */
async function launched(projectId: string, kind: "reward" | "dpo", spec: object) {
  const db = api.server.database;
  const { workspaceId } = await db.project.findUniqueOrThrow({ where: { id: projectId } });
  const files = { files: [], sha256: "0".repeat(64), parameters: 1, spec: {} };
  const modelVersionId = await registerModel(db, { ...files, workspaceId, kind: "policy", name: randomUUID() });
  const sent = await admin.send("POST", `/api/projects/${projectId}/runs`, { kind, policy: { modelVersionId }, spec });
  return { status: sent.statusCode, ...sent.json<{ reason?: string; values?: object }>() };
}

const textsOf = (task: LeasedTask): string[] => task.completions.map(({ text }) => text ?? "");
const lastText = (messages: unknown): unknown => (messages as { content: string }[]).at(-1)?.content;

describe("settings that are missing or can't be met", () => {
  it.each([
    ["choice", {}, "settings.options"],
    ["choice", { options: ["x", " x"] }, "settings.options.1"],
    ["choice", { options: ["x", "y"], multiple: true, most: 3 }, "settings.most"],
    ["aspects", {}, "settings.aspects"],
    ["aspects", { aspects: ["x"], steps: 6 }, "settings.steps"],
    ["number", { min: 1, max: 1 }, "settings.max"],
  ])("of %s %j are refused by their name", async (kind, settings, path) => {
    const projectId = await newProject(admin, `Asks ${randomUUID()}`, 1);
    const written = await writeQuestions(projectId, [{ name: "said", kind, settings }]);
    expect(written.statusCode).toBeGreaterThanOrEqual(400);
    expect(written.json<{ path: string }>().path).toBe(`questions.0.${path}`);
  });
});

describe("a choice", () => {
  it("is of the options, goes out raw, and a follow-up can ask for one", async () => {
    const settings = { options: ["Ask back", "Answer", "Refuse"], multiple: true, most: 2 };
    const projectId = await projectAsking("choice", settings, ["tea", "milk"]);
    const task = await claim(projectId);
    expect(task.questions[0]?.settings).toEqual({ ...settings, least: null });
    expect(await send(task, { chosen: ["Answer", "Shout"] })).toMatchObject({
      status: 422,
      path: "answers.said.chosen.1",
    });
    expect(await send(task, { chosen: settings.options })).toMatchObject({ status: 422, path: "answers.said.chosen" });
    expect((await send(task, { chosen: ["Refuse", "Answer"] })).status).toBe(201);
    const { raw, pairs, ratings, liked } = await exported(projectId);
    expect(raw).toMatchObject([
      {
        question: "choice",
        answer: { chosen: ["Refuse", "Answer"] },
        answers: { said: { chosen: ["Refuse", "Answer"] } },
      },
    ]);
    expect([pairs, ratings, liked, await formsOf(api, projectId)]).toEqual([[], [], [], []]);
  });

  it("may be about a prompt that has no answers", async () => {
    const projectId = await projectAsking("choice", { options: ["safe", "unsafe"] }, []);
    const task = await claim(projectId);
    expect(task.completions).toEqual([]);
    expect((await send(task, { chosen: ["safe"] })).status).toBe(201);
    const { raw } = await exported(projectId);
    expect(raw).toMatchObject([{ answer: { chosen: ["safe"] }, completions: [] }]);
  });
});

describe("ratings by aspect", () => {
  it("go out with their aspect, and are what a reward per aspect learns from", async () => {
    const projectId = await projectAsking("aspects", { aspects: ["truth", "tone"], steps: 7 }, ["tea", "milk", "gin"]);
    const task = await claim(projectId);
    const ratings = { truth: [7, 1, 4], tone: [1, 1, 1] };
    expect(await send(task, { ratings: { truth: [7, 1, 4] } })).toMatchObject({
      status: 422,
      path: "answers.said.ratings.tone",
    });
    expect((await send(task, { ratings })).status).toBe(201);
    const out = await exported(projectId);
    expect(out.raw).toMatchObject([{ question: "aspects", answer: { ratings } }]);
    const shown = textsOf(task);
    const score = Object.fromEntries(out.ratings.map((row) => [`${row.aspect} of ${row.completion}`, row.score]));
    expect(score).toEqual({
      [`truth of ${shown[0]}`]: 5,
      [`truth of ${shown[1]}`]: 1,
      [`truth of ${shown[2]}`]: 3,
      ...Object.fromEntries(shown.map((text) => [`tone of ${text}`, 1])),
    });
    expect(out.liked).toEqual([]);
    const perAspect = { objective: { kind: "per-aspect" } };
    expect(await launched(projectId, "reward", { ...perAspect, minimumLabels: 7 })).toMatchObject({
      reason: "tooFewByPeople",
      values: { labels: 6 },
    });
    expect(await launched(projectId, "reward", { ...perAspect, minimumLabels: 6 })).toMatchObject({ status: 201 });
    // Nobody has rated an answer as a whole.
    expect(
      await launched(projectId, "reward", { objective: { kind: "squared-error" }, minimumLabels: 1 }),
    ).toMatchObject({ reason: "tooFewByPeople", values: { labels: 0 } });
    const sample = await admin.send("GET", `/api/projects/${projectId}/exports/sample?format=ratings`);
    expect(sample.json<{ lines: unknown[] }>().lines.length).toBeGreaterThan(0);
  });

  it("do not come back as ratings of the whole answer", async () => {
    const projectId = await projectAsking("aspects", { aspects: ["truth"] }, ["tea"]);
    await send(await claim(projectId), { ratings: { truth: [5] } });
    const { ratings } = await exported(projectId);
    const back = await importFile(admin, projectId, { format: "ratings" }, ratings);
    expect(back.statusCode).toBe(422);
    expect(back.body).toContain("ratedAspect");
  });
});

describe("the best and the worst", () => {
  it("go out as the pairs that they decide, and reward models and DPO learn from them", async () => {
    const projectId = await projectAsking("best-worst", {}, ["tea", "milk", "gin", "water"]);
    const task = await claim(projectId);
    expect(await send(task, { best: 1, worst: 1 })).toMatchObject({ status: 422, path: "answers.said.worst" });
    expect(await send(task, { best: 4, worst: 1 })).toMatchObject({ status: 422, path: "answers.said.best" });
    expect((await send(task, { best: 2, worst: 0 })).status).toBe(201);
    const { raw, pairs, liked } = await exported(projectId);
    expect(raw).toMatchObject([{ question: "best-worst", answer: { best: 2, worst: 0 } }]);
    const [worst, one, best, other] = textsOf(task);
    expect(pairs.map((row) => `${lastText(row.chosen)} > ${lastText(row.rejected)}`).sort()).toEqual(
      [
        `${best} > ${worst}`,
        `${best} > ${one}`,
        `${best} > ${other}`,
        `${one} > ${worst}`,
        `${other} > ${worst}`,
      ].sort(),
    );
    expect(liked.map(({ messages }) => lastText(messages))).toEqual([best]);
    for (const kind of ["reward", "dpo"] as const) {
      expect(await launched(projectId, kind, { minimumLabels: 6 })).toMatchObject({ values: { labels: 5 } });
      expect(await launched(projectId, kind, { minimumLabels: 5 })).toMatchObject({ status: 201 });
    }
    const back = await importFile(admin, projectId, { format: "trl-preference" }, pairs);
    expect(back.json()).toMatchObject({ prompts: 0, completions: 0, tasks: 0, judgements: 0 });
  });
});

describe("a number for each answer", () => {
  it("is on the steps between its bounds, and goes out raw", async () => {
    const projectId = await projectAsking("number", { max: 1, step: 0.1 }, ["tea", "milk"]);
    const task = await claim(projectId);
    expect(await send(task, { values: [0.5] })).toMatchObject({ status: 422, path: "answers.said.values" });
    expect(await send(task, { values: [0.5, 0.55] })).toMatchObject({ status: 422, path: "answers.said.values.1" });
    expect((await send(task, { values: [0.3, 1] })).status).toBe(201);
    const { raw } = await exported(projectId);
    expect(raw).toMatchObject([{ question: "number", answer: { values: [0.3, 1] } }]);
    expect(await formsOf(api, projectId)).toEqual([]);
    const figures = (await admin.send("GET", `/api/projects/${projectId}/figures`)).json<ProjectFigures>();
    expect(figures.agreement).toBeNull();
  });
});
