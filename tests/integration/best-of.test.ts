import type { EvaluationView, LeasedTask, ModelStandingView, RunView } from "@touchstone/contracts";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ageJudgements } from "../harness/aged-judgements.ts";
import { openApi, type TestApi } from "../harness/api-server.ts";
import { type BuiltProcess, spawnBuilt } from "../harness/built-process.ts";
import { importFile, newProject } from "../harness/import-file.ts";
import { submissionFor } from "../harness/labelling-project.ts";
import { storeTinyPolicy } from "../harness/learning-project.ts";
import { newTenant, type Visitor } from "../harness/visitor.ts";

let api: TestApi;
let admin: Visitor;
let worker: BuiltProcess;
let projectId: string;
let policyId: string;
let rewardId: string;
const prompts = 6;

beforeAll(async () => {
  api = await openApi();
  const tenant = await newTenant(api.server, "ada@example.org");
  admin = tenant.admin;
  projectId = await newProject(admin, "Chosen", 1);
  await admin.send("PATCH", `/api/projects/${projectId}`, { repeatShare: 0 });
  policyId = await storeTinyPolicy(api.server.database, api.filesDir, tenant.workspaceId);
  const rows = Array.from({ length: 48 }, (_, n) => ({
    ...{ prompt: `Question ${n}?`, chosen: `A whole answer to question ${n}, with a reason.`, rejected: `No ${n}.` },
    split: n < prompts ? "test" : "train",
  }));
  await importFile(admin, projectId, { format: "trl-preference", open: "false" }, rows);
  worker = spawnBuilt("worker/dist/main.js", {
    ...{ DATABASE_URL: api.databaseUrl, REDIS_URL: api.redisUrl, TOUCHSTONE_FILES_DIR: api.filesDir },
    TOUCHSTONE_SECRET: "x".repeat(40),
  });
  rewardId = await trainedReward();
}, 120_000);
afterAll(async () => {
  await worker?.kill("SIGTERM");
  await api?.close();
});

const runOf = async (id: string) => (await admin.send("GET", `/api/runs/${id}`)).json<RunView>();
const ended = async (id: string): Promise<RunView> => {
  const run = await vi.waitUntil(
    async () => {
      const now = await runOf(id);
      return /succeeded|failed|cancelled/.test(now.state) && now;
    },
    { timeout: 90_000, interval: 200 },
  );
  expect(run.state, JSON.stringify(run.error)).toBe("succeeded");
  return run;
};

async function trainedReward(): Promise<string> {
  const spec = { batchSize: 8, epochs: 0.5, minimumLabels: 8 };
  const draft = { kind: "reward", policy: { modelVersionId: policyId }, spec };
  const launched = await admin.send("POST", `/api/projects/${projectId}/runs`, draft);
  expect(launched.statusCode, launched.body).toBeLessThan(300);
  return (await ended(launched.json<RunView>().id)).modelVersionId ?? "";
}

const compare = (change: object = {}) =>
  admin.send("POST", `/api/projects/${projectId}/evaluations`, {
    ...{ candidateId: policyId, baselineId: policyId, prompts, overlap: 1 },
    ...{ bestOf: { samples: 4, rewardId }, ...change },
  });

describe("the best of several answers by a reward model", () => {
  it("is compared blind with single ones of the very same policy, and is no policy's own standing", async () => {
    const made = await compare();
    expect(made.statusCode, made.body).toBe(201);
    const { id, bestOf } = made.json<EvaluationView>();
    expect(bestOf).toMatchObject({ samples: 4, reward: { id: rewardId, kind: "reward" } });
    const db = api.server.database;
    const { id: runId } = await db.run.findFirstOrThrow({ where: { evaluationId: id } });
    const { alerts } = await ended(runId);
    const [told] = alerts.filter(({ code }) => code === "best_of");
    expect(told?.values).toMatchObject({ samples: 4, count: prompts });
    // The highest of four is above their mean, unless all four are the same.
    expect(Number(told?.values.gain)).toBeGreaterThan(0);

    const tasks = await db.task.findMany({ where: { evaluationId: id } });
    const { identical } = await db.evaluation.findUniqueOrThrow({ where: { id } });
    expect(tasks.length + identical).toBe(prompts);
    expect(tasks.length).toBeGreaterThan(0);
    // What was not chosen is kept nowhere, and each pair has one answer of each side.
    expect(await db.completion.count({ where: { runId } })).toBe(2 * prompts);
    for (const { completionIds } of tasks) expect(new Set(completionIds).size).toBe(2);

    for (const _ of tasks) {
      const claimed = await admin.send("POST", `/api/work/${projectId}/claims`, { count: 1 });
      const [task] = claimed.json<{ tasks: LeasedTask[] }>().tasks;
      if (!task) throw new Error("There was no task.");
      // Nothing at the desk says that a choice was made, or by what.
      expect(claimed.body).not.toContain(rewardId);
      const sent = await admin.send("POST", "/api/judgements", submissionFor(task));
      expect(sent.statusCode, sent.body).toBe(201);
      const { next } = sent.json<{ next: LeasedTask | null }>();
      if (next) await admin.send("POST", `/api/leases/${next.lease.id}/release`, { leaseToken: next.lease.token });
    }
    await ageJudgements(db, projectId);
    await api.server.projectFigures.changed();
    const view = (await admin.send("GET", `/api/evaluations/${id}`)).json<EvaluationView>();
    expect(view).toMatchObject({ state: "done", judgements: tasks.length, prompts: { judged: prompts } });
    expect(view.winRate).not.toBeNull();
    const standing = (
      await admin.send("GET", `/api/projects/${projectId}/models?evaluation=${id}`)
    ).json<ModelStandingView>();
    expect(standing).toMatchObject({ judgements: 0, equal: 0, left: { chosen: tasks.length, oneModel: 0 } });
  }, 120_000);

  it("keeps the reward model from being deleted, and names the comparison", async () => {
    const dependants = await admin.send("GET", `/api/models/${rewardId}/dependants`);
    expect(dependants.json()).toMatchObject({ free: false, evaluations: [{ baseline: "Tiny" }] });
  });

  it("is refused of several policies, by a policy, and by a model that is not there, by the field", async () => {
    const several = await compare({ baselineId: policyId, otherIds: [rewardId] });
    expect([several.statusCode, several.json()]).toMatchObject([422, { reason: "noPolicy" }]);
    const byPolicy = await compare({ bestOf: { samples: 4, rewardId: policyId } });
    expect([byPolicy.statusCode, byPolicy.json()]).toMatchObject([422, { reason: "modelOfOtherKind" }]);
    expect(byPolicy.body).toContain("bestOf.rewardId");
    const alone = await compare({ bestOf: { samples: 1, rewardId } });
    expect(alone.statusCode).toBe(422);
    expect(alone.body).toContain("bestOf.samples");
    const itself = await compare({ bestOf: null });
    expect([itself.statusCode, itself.json()]).toMatchObject([422, { reason: "onePolicyTwice" }]);
  });
});
