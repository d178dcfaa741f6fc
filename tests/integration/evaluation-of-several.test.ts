import { type EvaluationView, GenerateSpec, type LeasedTask, type ModelStandingView } from "@touchstone/contracts";
import {
  type ContenderAnswer,
  insertEvaluationTasks,
  promptsForGeneration,
  registerModel,
  succeedRun,
  takeRun,
} from "@touchstone/persistence";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ageJudgements } from "../harness/aged-judgements.ts";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { claimOne } from "../harness/asked-project.ts";
import { importFile, newProject } from "../harness/import-file.ts";
import { submissionFor } from "../harness/labelling-project.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

/** Best first; the last two say the same to every second prompt. */
const texts: readonly string[] = ["best", "good", "plain", "plain or bad"];
let api: TestApi;
let admin: Visitor;
let projectId: string;
let workspaceId: string;
let policies: string[];
beforeAll(async () => {
  api = await openApi();
  ({ admin } = await newTenant(api.server, "ada@example.org"));
  projectId = await newProject(admin, "Compared", 1);
  await admin.send("PATCH", `/api/projects/${projectId}`, { repeatShare: 0 });
  const rows = Array.from({ length: 12 }, (_, place) => ({ prompt: `Question ${place}` }));
  await importFile(admin, projectId, { format: "prompts", open: "false" }, rows);
  const { database: db } = api.server;
  await db.prompt.updateMany({ where: { projectId }, data: { split: "test" } });
  ({ workspaceId } = await db.project.findUniqueOrThrow({ where: { id: projectId } }));
  policies = [];
  for (const name of texts) {
    const sha256 = String(policies.length).repeat(64);
    const model = { files: [], parameters: 1, spec: {}, sha256, workspaceId, kind: "policy" as const, name };
    policies.push(await registerModel(db, model));
  }
});
afterAll(() => api.close());

async function compare(ask: "pairs" | "ranking", change: object = {}) {
  const [candidateId, baselineId, ...otherIds] = policies;
  const body = { candidateId, baselineId, otherIds, ask, prompts: 12, overlap: 1, ...change };
  return admin.send("POST", `/api/projects/${projectId}/evaluations`, body);
}

/** Writes the answers of all policies as the evaluation's run would. */
async function answer(evaluationId: string, says: (policy: number, prompt: number) => string): Promise<void> {
  const { database: db } = api.server;
  const { id } = await db.run.findFirstOrThrow({ where: { evaluationId } });
  const run = await takeRun(db, id);
  if (!run) throw new Error("the run could not be taken");
  const spec = GenerateSpec.parse(run.spec);
  const prompts = await promptsForGeneration(db, { workspaceId, projectId, evaluation: true }, run.seed, spec.prompts);
  // Pairs go by the order of the prompts' ids.
  const order = prompts.map((prompt) => prompt.id).sort();
  const answers = policies.flatMap((modelVersionId, policy) =>
    prompts.map(({ id: promptId }): ContenderAnswer => {
      const text = says(policy, order.indexOf(promptId));
      return { promptId, modelVersionId, text, seed: 1, finishReason: "end", contender: policy };
    }),
  );
  await succeedRun(db, workspaceId, { runId: run.id, token: run.fencingToken }, null, (tx) =>
    insertEvaluationTasks(tx, run, spec, answers),
  );
}

const view = async (id: string) => (await admin.send("GET", `/api/evaluations/${id}`)).json<EvaluationView>();
const standing = async (id: string) =>
  (await admin.send("GET", `/api/projects/${projectId}/models?evaluation=${id}`)).json<ModelStandingView>();

async function judgeAll(tasks: number, said: (task: LeasedTask) => object): Promise<void> {
  for (let place = 0; place < tasks; place++) {
    const task = await claimOne(admin, projectId);
    const { answer: _, ...submission } = submissionFor(task);
    const sent = await admin.send("POST", "/api/judgements", { ...submission, ...said(task) });
    expect(sent.statusCode, sent.body).toBe(201);
    const { next } = sent.json<{ next: LeasedTask | null }>();
    if (next) await admin.send("POST", `/api/leases/${next.lease.id}/release`, { leaseToken: next.lease.token });
  }
}
const placeOf = (text: string | null | undefined) => texts.indexOf(text ?? "");

describe("an evaluation of several policies", () => {
  it("asks balanced pairs, stays blind, and ends as a standing in which equal answers are ties", async () => {
    const made = await compare("pairs");
    expect(made.statusCode, made.body).toBe(201);
    const { id, others } = made.json<EvaluationView>();
    expect(others.map(({ name }) => name)).toEqual(["plain", "plain or bad"]);
    await answer(id, (policy, prompt) => (policy === 3 && prompt % 2 === 0 ? "plain" : (texts[policy] ?? "")));

    const { database: db } = api.server;
    const tasks = await db.task.findMany({ where: { evaluationId: id } });
    const models = new Map(
      (await db.completion.findMany({ where: { prompt: { projectId } } })).map((one) => [
        one.id,
        one.modelVersionId ?? "",
      ]),
    );
    const met = tasks.map(({ completionIds }) =>
      completionIds.map((one) => policies.indexOf(models.get(one) ?? "")).join("-"),
    );
    const { equalPairs } = await db.evaluation.findUniqueOrThrow({ where: { id } });
    const equal = Array.isArray(equalPairs) ? equalPairs.length : 0;
    // Twelve prompts by three rounds of two pairs: each two policies meet four times, in tasks or as equal answers.
    expect(equal).toBeGreaterThan(0);
    expect(tasks.length + equal).toBe(24);
    for (const pair of ["0-1", "0-2", "0-3", "1-2", "1-3"]) expect(met.filter((one) => one === pair)).toHaveLength(4);
    expect(met.filter((one) => one === "2-3")).toHaveLength(4 - equal);
    expect(await view(id)).toMatchObject({ state: "judging", winRate: null, identical: equal, ask: "pairs" });

    await judgeAll(tasks.length, (task) => {
      const [left, right] = task.completions.map(({ text }) => placeOf(text));
      return { answer: { choice: "graded", step: (left ?? 0) < (right ?? 0) ? 1 : 7 } };
    });
    // Each may still be undone, so nothing of it is told.
    const open = await standing(id);
    expect(open).toMatchObject({ judgements: 0, left: { blind: tasks.length } });
    const items = await admin.send(
      "GET",
      `/api/projects/${projectId}/items?model=${policies[0]}&against=${policies[1]}&preferred=model`,
    );
    expect(items.json()).toMatchObject({ items: [] });

    await ageJudgements(db, projectId);
    await api.server.projectFigures.changed();
    const settled = await standing(id);
    expect(settled).toMatchObject({ judgements: tasks.length, equal, left: { blind: 0 } });
    expect(settled.groups).toHaveLength(1);
    expect(settled.groups[0]?.map(({ model }) => model)).toEqual(policies);
    const last = settled.pairs.find(({ a, b }) => [a, b].every((one) => policies.slice(2).includes(one)));
    expect(last?.ties).toBe(equal);
    expect(settled.models.map(({ version }) => version?.name).sort()).toEqual([...texts].sort());
    expect(await view(id)).toMatchObject({
      state: "done",
      prompts: { judged: 12, total: 12 },
      judgements: tasks.length,
    });
    const found = await admin.send(
      "GET",
      `/api/projects/${projectId}/items?model=${policies[0]}&against=${policies[1]}&preferred=model`,
    );
    expect(found.json<{ items: unknown[] }>().items).toHaveLength(4);
    const pairs = await admin.send("GET", `/api/evaluations/${id}/pairs`);
    expect([pairs.statusCode, pairs.json()]).toMatchObject([409, { reason: "pairsOfSeveral" }]);
  });

  it("asks one ranking of all, in a questionnaire of its own", async () => {
    const { id } = (await compare("ranking")).json<EvaluationView>();
    await answer(id, (policy) => texts[policy] ?? "");
    await judgeAll(12, (task) => {
      expect(task.questions.map(({ kind }) => kind)).toEqual(["ranking"]);
      return { answers: { ranking: { ranks: task.completions.map(({ text }) => placeOf(text) + 1) } } };
    });
    await ageJudgements(api.server.database, projectId);
    await api.server.projectFigures.changed();
    const settled = await standing(id);
    expect(settled).toMatchObject({ judgements: 12, comparisons: 72, equal: 0 });
    expect(settled.groups[0]?.map(({ model }) => model)).toEqual(policies);
    expect(settled.pairs[0]).toMatchObject({ wins: expect.any(Number), ties: 0 });
    const sum = settled.pairs.reduce((all, { wins, losses }) => all + wins + losses, 0);
    expect(sum).toBeCloseTo(36, 9);
    expect(await view(id)).toMatchObject({ state: "done", ask: "ranking" });
  });

  it("refuses one policy twice, a tenth, and a ranking of two, by the field", async () => {
    const [first = ""] = policies;
    const twice = await compare("pairs", { otherIds: [first] });
    expect([twice.statusCode, twice.json()]).toMatchObject([422, { reason: "onePolicyTwice" }]);
    expect(twice.body).toContain("otherIds.0");
    const two = await compare("ranking", { otherIds: [] });
    expect([two.statusCode, two.json()]).toMatchObject([422, { reason: "rankingOfTwo" }]);
    expect((await compare("pairs", { otherIds: Array(8).fill(first) })).statusCode).toBe(422);
  });
});
