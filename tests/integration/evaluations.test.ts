import { randomUUID } from "node:crypto";
import { Readable } from "node:stream";
import { EvaluationDraft, GenerateSpec, ProjectDraft, RunDraft } from "@touchstone/contracts";
import { readImport, standardQuestionnaires } from "@touchstone/datasets";
import {
  createEvaluation,
  createProject,
  createWorkspaceWithAdmin,
  getEvaluation,
  getJudgement,
  getRun,
  importRows,
  launchRun,
  listEvaluationPairs,
  listJudgements,
  listModels,
  type OpenDatabase,
  openDatabase,
  registerModel,
  undoJudgement,
} from "@touchstone/persistence";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ageJudgements } from "../harness/aged-judgements.ts";
import { answerEvaluation, type Policies, twoPolicies } from "../harness/answered-evaluation.ts";
import { freshDatabase, type TestDatabase } from "../harness/database.ts";

let scratch: TestDatabase;
let database: OpenDatabase;
let by: { workspaceId: string; id: string };
let projectId: string;
let policies: Policies;
/** What the test split holds of the sixty prompts below; the split goes by their texts. */
let available: number;

beforeAll(async () => {
  scratch = await freshDatabase();
  database = openDatabase(scratch.url);
  const names = { workspaceName: "E", adminName: "Ada", adminEmail: "ada@example.org", passwordHash: "unused" };
  const admin = await createWorkspaceWithAdmin(database.db, names);
  by = { workspaceId: admin.workspaceId, id: admin.memberId };
  projectId = (await createProject(database.db, by, ProjectDraft.parse({ name: "Evaluated" }))).id;
  policies = await twoPolicies(database.db, by.workspaceId);
  const lines = Array.from({ length: 60 }, (_, index) => `${JSON.stringify({ prompt: `Question ${index}` })}\n`);
  await importRows(
    database.pool,
    {
      workspaceId: by.workspaceId,
      memberId: by.id,
      projectId,
      format: "prompts",
      asked: standardQuestionnaires.preference,
      open: false,
      fileName: null,
      mapping: null,
    },
    readImport(Readable.from([Buffer.from(lines.join(""))]), { format: "prompts" }),
  );
  available = await database.db.prompt.count({ where: { projectId, split: "test" } });
});
afterAll(async () => {
  await database.close();
  await scratch.drop();
});

const compare = (prompts: number) => {
  const [candidateId, baselineId] = policies;
  return createEvaluation(
    database.db,
    by,
    projectId,
    EvaluationDraft.parse({ candidateId, baselineId, prompts, overlap: 1 }),
  );
};

const answered = (evaluationId: string) => answerEvaluation(database.db, evaluationId, policies);

describe("an evaluation of more prompts than there are", () => {
  it("uses those of the test split and says how many were asked for", async () => {
    expect(available).toBeGreaterThan(0);
    expect(available).toBeLessThan(60);
    const evaluation = await compare(60);
    expect(evaluation.prompts).toEqual({ judged: 0, total: available, asked: 60, available });
    const { spec } = await database.db.run.findFirstOrThrow({ where: { evaluationId: evaluation.id } });
    expect(GenerateSpec.parse(spec).prompts).toBe(available);
  });
});

describe("the pairs of an evaluation", () => {
  it("stay blind until they are judged, then say whose answer won", async () => {
    const { id } = await compare(60);
    await answered(id);
    const open = await listEvaluationPairs(database.db, by.workspaceId, id, { limit: 200 });
    expect(open.items).toHaveLength(available);
    expect(open.items.every((pair) => pair.outcome === "open" && pair.judgements.length === 0)).toBe(true);
    expect(open.items.flatMap((pair) => pair.answers.map((answer) => answer.policy)).every((one) => one === null)).toBe(
      true,
    );
    for (const { answers } of open.items) expect(answers.map(({ text }) => text).sort()).toEqual(["new", "old"]);

    const [first] = open.items;
    if (!first) throw new Error("no pair");
    await judge(first.taskId, 1, [1, 0]);
    await ageJudgements(database.db, projectId);
    const { items } = await listEvaluationPairs(database.db, by.workspaceId, id, { limit: 200, outcome: "lost" });
    expect(items).toMatchObject([
      {
        taskId: first.taskId,
        answers: [
          { text: "new", policy: "candidate" },
          { text: "old", policy: "baseline" },
        ],
        judgements: [{ by: "Ada", chose: "baseline", degree: "much" }],
      },
    ]);
    expect((await getEvaluation(database.db, by.workspaceId, id)).judgements).toBe(1);
  });

  it("stay blind in the judgement of one person while others are still to be asked", async () => {
    const { id } = await compare(60);
    await answered(id);
    const { items } = await listEvaluationPairs(database.db, by.workspaceId, id, { limit: 1 });
    const [pair] = items;
    if (!pair) throw new Error("no pair");
    await database.db.task.update({ where: { id: pair.taskId }, data: { overlap: 2 } });
    await judge(pair.taskId, 1, [1, 0]);
    const { id: judgementId } = await database.db.judgement.findFirstOrThrow({ where: { taskId: pair.taskId } });
    const seen = async () => {
      const one = await getJudgement(database.db, by.workspaceId, judgementId);
      const page = await listJudgements(database.db, by.workspaceId, projectId, { limit: 1 });
      expect(page.items).toEqual([one]);
      return one;
    };
    // The baseline's answer was shown first, and nothing tells that it is the baseline's.
    expect(await seen()).toMatchObject({
      shownOrder: [0, 1],
      answers: { preference: { choice: "graded", step: 1 } },
      completions: [
        { text: "old", modelVersionId: null },
        { text: "new", modelVersionId: null },
      ],
    });
    await database.db.task.update({ where: { id: pair.taskId }, data: { overlap: 1 } });
    await ageJudgements(database.db, projectId);
    const [candidate, baseline] = policies;
    expect(await seen()).toMatchObject({
      shownOrder: [1, 0],
      completions: [
        { text: "new", modelVersionId: candidate },
        { text: "old", modelVersionId: baseline },
      ],
    });
  });

  it("stay blind, and out of the figures, while whoever judged them can still undo it and judge anew", async () => {
    const { id } = await compare(60);
    await answered(id);
    const open = await listEvaluationPairs(database.db, by.workspaceId, id, { limit: 200 });
    for (const { taskId } of open.items) await judge(taskId, 1, [1, 0]);
    const judged = await database.db.judgement.findFirstOrThrow({ where: { taskId: open.items[0]?.taskId ?? "" } });
    const seen = async () => ({
      pairs: (await listEvaluationPairs(database.db, by.workspaceId, id, { limit: 200 })).items,
      judgement: await getJudgement(database.db, by.workspaceId, judged.id),
      evaluation: await getEvaluation(database.db, by.workspaceId, id),
    });
    const early = await seen();
    expect(early.pairs).toEqual(open.items);
    expect(early.judgement.completions).toMatchObject([
      { text: "old", modelVersionId: null },
      { text: "new", modelVersionId: null },
    ]);
    // What is done is told; what came of it would tell the one who judged which answer was whose.
    const progress = { judgements: available, prompts: { judged: available, total: available } };
    expect(early.evaluation).toMatchObject({
      ...{ state: "judging", winRate: null, verdict: "not yet known" },
      ...progress,
    });

    const who = { workspaceId: by.workspaceId, memberId: by.id };
    await undoJudgement(database.db, who, { judgementId: judged.id, idempotencyKey: randomUUID() });
    await ageJudgements(database.db, projectId);
    const undone = await seen();
    const isOpen = undone.pairs.filter(({ outcome }) => outcome === "open").map(({ taskId }) => taskId);
    expect(isOpen).toEqual([judged.taskId]);
    expect(undone.judgement.completions.map(({ modelVersionId }) => modelVersionId)).toEqual([null, null]);
    expect(undone.evaluation).toMatchObject({ state: "judging", prompts: { judged: available - 1 } });
    expect(undone.evaluation.winRate?.value).toBe(0);
  });

  it("come page by page, each once", async () => {
    const { id } = await compare(60);
    await answered(id);
    const one = await listEvaluationPairs(database.db, by.workspaceId, id, { limit: 2 });
    const rest = await listEvaluationPairs(database.db, by.workspaceId, id, {
      limit: 200,
      cursor: one.next ?? undefined,
    });
    expect(new Set([...one.items, ...rest.items].map(({ taskId }) => taskId)).size).toBe(available);
    expect(rest.next).toBeNull();
  });

  it("are not found from another workspace", async () => {
    const { id } = await compare(5);
    const names = { workspaceName: "O", adminName: "Eve", adminEmail: "eve@example.org", passwordHash: "unused" };
    const other = await createWorkspaceWithAdmin(database.db, names);
    await expect(listEvaluationPairs(database.db, other.workspaceId, id, { limit: 2 })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});

/** A judgement as the desk would leave it, with the order in which the two were shown. */
async function judge(taskId: string, step: number, shownOrder: number[]): Promise<void> {
  const { db } = database;
  const guideline = await db.guideline.findFirstOrThrow({ where: { projectId } });
  const same = {
    workspaceId: by.workspaceId,
    projectId,
    taskId,
    memberId: by.id,
    guidelineId: guideline.id,
    shownOrder,
  };
  const lease = await db.lease.create({
    data: { ...same, slot: 1, token: taskId, state: "judged", expiresAt: new Date() },
  });
  await db.judgement.create({
    data: { ...same, leaseId: lease.id, answer: { choice: "graded", step }, idempotencyKey: taskId, bodyHash: "x" },
  });
  await db.$executeRaw`SELECT count_judgement(l) FROM lease l WHERE l.id = ${lease.id}::uuid`;
}

describe("running numbers", () => {
  it("are given to runs of a project one after another, by sixteen at once", async () => {
    const project = await createProject(database.db, by, ProjectDraft.parse({ name: "Numbered" }));
    const reward = await registerModel(database.db, {
      files: [],
      parameters: 1,
      spec: {},
      sha256: "3".repeat(64),
      workspaceId: by.workspaceId,
      kind: "reward",
      name: "reward",
    });
    const draft = RunDraft.parse({
      kind: "rloo",
      policy: { modelVersionId: policies[0] },
      reward: { modelVersionId: reward },
    });
    const runs = await Promise.all(Array.from({ length: 16 }, () => launchRun(database.db, by, project.id, draft)));
    expect(runs.map((run) => run.number).toSorted((one, other) => one - other)).toEqual(
      Array.from({ length: 16 }, (_, index) => index + 1),
    );
    const [first] = runs;
    expect(first && (await getRun(database.db, by.workspaceId, first.id)).number).toBe(first?.number);
  });

  it("are given to models of a workspace, each kind by itself", async () => {
    const { items } = await listModels(database.db, by.workspaceId, { limit: 10 });
    expect(items.map(({ kind, number, trainer }) => ({ kind, number, trainer }))).toEqual([
      { kind: "reward", number: 1, trainer: null },
      { kind: "policy", number: 2, trainer: null },
      { kind: "policy", number: 1, trainer: null },
    ]);
  });
});
