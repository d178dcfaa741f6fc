import { randomUUID } from "node:crypto";
import { type EvaluationView, type LeasedTask, type OwnAnswer, type Route, routes } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { ageJudgements } from "../harness/aged-judgements.ts";
import { answerEvaluation, type Policies, twoPolicies } from "../harness/answered-evaluation.ts";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { exportRows, importFile, newProject } from "../harness/import-file.ts";
import { submissionFor } from "../harness/labelling-project.ts";
import { invite, newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let annotator: Visitor;
let policies: Policies;
let projectId: string;
let evaluationId: string;

beforeAll(async () => {
  api = await openApi();
  const tenant = await newTenant(api.server, "ada@example.org");
  admin = tenant.admin;
  annotator = await invite(admin, "annotator", "ann@example.org");
  policies = await twoPolicies(api.server.database, tenant.workspaceId);
  projectId = await newProject(admin, "evaluated", 2);
  const rows = Array.from({ length: 8 }, (_, index) => ({ prompt: `Question ${index}`, cluster: `c${index}` }));
  const split = JSON.stringify({ prompt: "prompt", cluster: "cluster", split: "split" });
  const tests = rows.map((row) => ({ ...row, split: "test" }));
  await importFile(admin, projectId, { format: "columns", mapping: split }, tests);
  const [candidateId, baselineId] = policies;
  const draft = { candidateId, baselineId, prompts: 8, overlap: 2 };
  const made = await admin.send("POST", `/api/projects/${projectId}/evaluations`, draft);
  evaluationId = made.json<EvaluationView>().id;
  await answerEvaluation(api.server.database, evaluationId, policies);
});
afterAll(() => api.close());

async function claimed(who: Visitor): Promise<LeasedTask> {
  const [task] = (await who.send("POST", `/api/work/${projectId}/claims`, { count: 1 })).json<{ tasks: LeasedTask[] }>()
    .tasks;
  if (!task) throw new Error("There was no task.");
  return task;
}

/** The texts of each pair, by its task, as they stood before the last who judged it: which comes first is drawn by lot. */
const stood = new Map<string, readonly (string | null)[]>();

async function judgeAll(who: Visitor): Promise<void> {
  for (let turn = 0; turn < 8; turn++) {
    const task = await claimed(who);
    const texts = task.completions.map(({ text }) => text);
    stood.set(task.taskId, texts);
    await who.send("POST", "/api/judgements", submissionFor(task));
  }
}

const Row = z.object({
  task_id: z.string(),
  completions: z.array(z.object({ id: z.string(), text: z.string(), model: z.string().nullable() })),
  shown_order: z.array(z.number()),
  outcome: z.number(),
  preferred: z.number(),
  blind: z.boolean(),
});
const rawRows = async () => z.array(Row).parse(await exportRows(admin, projectId, "judgements"));
const ownAnswers = async () =>
  (await annotator.send("GET", `/api/work/${projectId}/answers`)).json<{ items: OwnAnswer[] }>().items;
const correct = (id: string) => {
  const body = { answer: { choice: "graded", step: 2 }, timings: { visibleMs: 1, activeMs: 1 } };
  const client = { locale: "en", viewport: "390x800", input: "touch" };
  return annotator.send("POST", `/api/judgements/${id}/correct`, { ...body, client, idempotencyKey: randomUUID() });
};
const blindOf = async () => {
  const counts = await admin.send("GET", `/api/projects/${projectId}/exports/counts`);
  return counts.json<{ blind: number }>().blind;
};

describe("an evaluation that people still judge", () => {
  it("gives its answers ids that do not tell whose they are", async () => {
    const db = api.server.database;
    const tasks = await db.task.findMany({ where: { evaluationId } });
    expect(tasks).toHaveLength(8);
    // Ids are given in the order of insertion, which is the order of the texts: "new" before "old", whoever said it.
    for (const { completionIds } of tasks) {
      const completions = await db.completion.findMany({
        where: { id: { in: completionIds } },
        orderBy: { id: "asc" },
      });
      expect(completions.map(({ text }) => text)).toEqual(["new", "old"]);
    }
  });

  it("is exported as it was shown, marked, until each pair is judged for good; then in its own order", async () => {
    await judgeAll(annotator);
    expect(await blindOf()).toBe(8);
    const open = await rawRows();
    expect(open).toHaveLength(8);
    for (const row of open) {
      expect(row).toMatchObject({ blind: true, shown_order: [0, 1], outcome: 2, preferred: 0 });
      expect(row.completions.map(({ model }) => model)).toEqual([null, null]);
      expect(row.completions.map(({ text }) => text)).toEqual(stood.get(row.task_id));
    }
    const file = await exportRows(admin, projectId, "judgements");
    const again = await importFile(admin, projectId, { format: "judgements" }, file);
    expect(again.json()).toMatchObject({ prompts: 0, completions: 0, tasks: 0, judgements: 0, duplicates: 8 });

    // Blind as before, whoever answered may say it otherwise.
    const [mine] = await ownAnswers();
    expect(mine).toMatchObject({ bar: null });
    expect((await correct(mine?.id ?? "")).statusCode).toBe(201);

    await judgeAll(admin);
    // All are judged, but whoever judged may still take it back and look before judging again.
    expect(await blindOf()).toBe(16);
    expect((await rawRows()).every(({ blind }) => blind)).toBe(true);
    await ageJudgements(api.server.database, projectId);
    expect(await blindOf()).toBe(0);
    for (const row of await rawRows()) {
      expect(row.blind).toBe(false);
      expect(row.completions.map(({ text }) => text)).toEqual(["new", "old"]);
      expect(row.outcome).toBe(row.shown_order[0] === 0 ? 2 : -2);
    }
    // Whoever has been told whose they are says nothing else of them.
    const all = await ownAnswers();
    expect(all.map(({ bar }) => bar)).toEqual(Array.from({ length: 8 }, () => "told"));
    const late = await correct(all[0]?.id ?? "");
    expect(late.json()).toMatchObject({ code: "conflict", reason: "correctedTold" });
  });
});

describe("no answer of the API", () => {
  it("names the model or the order of a pair that is open", async () => {
    const made = await admin.send("POST", `/api/projects/${projectId}/evaluations`, {
      ...{ candidateId: policies[0], baselineId: policies[1], prompts: 8, overlap: 1 },
    });
    const second = made.json<EvaluationView>().id;
    await answerEvaluation(api.server.database, second, policies);
    const task = await claimed(annotator);
    expect(await api.server.database.task.findUnique({ where: { id: task.taskId } })).toMatchObject({
      evaluationId: second,
    });
    // The only judgement that the pair wants; it can still be undone.
    const judged = await annotator.send("POST", "/api/judgements", submissionFor(task));
    const { judgementId } = judged.json<{ judgementId: string }>();
    const skipped = await claimed(annotator);
    await annotator.send("POST", `/api/leases/${skipped.lease.id}/skip`, {
      ...{ leaseToken: skipped.lease.token, comment: "same", flagged: true },
    });
    await exportRows(admin, projectId, "judgements");
    const set = await api.server.database.labelSet.findFirstOrThrow({ where: { projectId }, orderBy: { id: "desc" } });
    const ids = [projectId, second, judgementId, skipped.lease.id, set.id, policies[0]];
    const shown = new Map(
      [task, skipped].map(({ taskId, completions }) => [taskId, completions.map(({ text }) => text)]),
    );
    // An import finds the answers of a file again by their ids; all else tells them by ids that say nothing.
    const pairs = await api.server.database.task.findMany({ where: { id: { in: [...shown.keys()] } } });
    const ownIds = pairs.flatMap(({ completionIds }) => completionIds);
    expect(ownIds).toHaveLength(4);
    const seen = new Set<string>();
    for (const { path, body } of await allThatCanBeRead(ids)) {
      for (const thing of thingsIn(body)) {
        const asShown = shown.get(String(thing.taskId ?? thing.task_id));
        if (asShown === undefined) continue;
        seen.add(path);
        for (const policy of policies) expect(JSON.stringify(thing), path).not.toContain(policy);
        if (!path.endsWith("/exports")) for (const id of ownIds) expect(JSON.stringify(thing), path).not.toContain(id);
        if (!("completions" in thing)) continue;
        // The order that was shown, and not the canonical one, which begins with the candidate's.
        expect(thing.shownOrder ?? thing.shown_order, path).toEqual([0, 1]);
        const texts = z.array(z.object({ text: z.string() })).parse(thing.completions);
        expect(texts.map(({ text }) => text)).toEqual(asShown);
      }
    }
    expect([...seen].sort()).toEqual([
      "/api/evaluations/:id/pairs",
      "/api/judgements/:id",
      "/api/label-sets/:id/judgements",
      "/api/projects/:id/exports",
      "/api/projects/:id/judgements",
      "/api/projects/:id/remarks",
      "/api/skips/:id",
    ]);
  });
});

describe("the desk", () => {
  it("is given an evaluation's pairs by ids of which none tells whose answer it is, the same each time", async () => {
    const task = await claimed(annotator);
    const post = async (url: string, body: unknown) => (await annotator.send("POST", url, body)).json();
    const { judgementId, next } = await post("/api/judgements", submissionFor(task));
    const undone = await post(`/api/judgements/${judgementId}/undo`, { idempotencyKey: randomUUID() });
    const skipped = await post(`/api/leases/${undone.lease.id}/skip`, { leaseToken: undone.lease.token });
    const back = await post(`/api/leases/${undone.lease.id}/undo-skip`, { idempotencyKey: randomUUID() });
    const idsOf = (one: LeasedTask) => one.completions.map(({ id }) => id);
    expect([idsOf(undone), idsOf(back)]).toEqual([idsOf(task), idsOf(task)]);
    for (const one of [task, next, undone, skipped.next, back]) {
      const pair = await api.server.database.task.findUniqueOrThrow({ where: { id: one.taskId } });
      expect(pair.evaluationId).not.toBeNull();
      expect(pair.completionIds.filter((id) => idsOf(one).includes(id))).toEqual([]);
    }
  });
});

/** What every GET route of the table answers an administrator about each of these. */
async function allThatCanBeRead(ids: readonly string[]): Promise<{ path: string; body: string }[]> {
  const read: { path: string; body: string }[] = [];
  for (const { path, method } of Object.values<Route>(routes)) {
    if (method !== "GET" || path.includes(":token")) continue;
    const query = path.endsWith("/exports") ? "?format=judgements" : "";
    for (const id of path.includes(":id") ? ids : [""]) {
      const answer = await admin.send("GET", path.replace(":id", id) + query);
      const isJson = /json/.test(String(answer.headers["content-type"]));
      if (answer.statusCode === 200 && isJson) read.push({ path, body: answer.body });
    }
  }
  return read;
}

/** All objects in an answer, JSON or JSON Lines, however deep they lie. */
function thingsIn(body: string): Record<string, unknown>[] {
  const found: Record<string, unknown>[] = [];
  const look = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(look);
    const thing = z.record(z.string(), z.unknown()).safeParse(value);
    if (!thing.success) return;
    found.push(thing.data);
    Object.values(thing.data).forEach(look);
  };
  for (const line of body.split("\n")) if (line !== "") look(JSON.parse(line));
  return found;
}
