import { Readable } from "node:stream";
import { EvaluationDraft, ProjectDraft, RoundDraft, RunDraft } from "@touchstone/contracts";
import { readImport, standardQuestionnaires } from "@touchstone/datasets";
import {
  addAlert,
  cancelRun,
  createEvaluation,
  createProject,
  createWorkspaceWithAdmin,
  drainOutbox,
  dropProgressAfter,
  endRun,
  excuseTake,
  FencedOffError,
  getEvaluation,
  getRun,
  getRunMetrics,
  heartbeatRun,
  importRows,
  launchRound,
  launchRun,
  newId,
  type OpenDatabase,
  openDatabase,
  pendingRuns,
  recordCheckpoint,
  registerModel,
  returnRun,
  setEngine,
  succeedRun,
  takeNextRun,
  takeRun,
  writeMetrics,
} from "@touchstone/persistence";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "../harness/database.ts";

let scratch: TestDatabase;
let database: OpenDatabase;
let by: { workspaceId: string; id: string };
let projectId: string;
let policyId: string;

/** A model row; what the files say does not matter to the rules tested here. */
const model = { files: [], sha256: "0".repeat(64), parameters: 1, spec: {} };

beforeAll(async () => {
  scratch = await freshDatabase();
  database = openDatabase(scratch.url);
  const admin = await createWorkspaceWithAdmin(database.db, {
    workspaceName: "Runs",
    adminName: "Ada",
    adminEmail: "ada@example.org",
    passwordHash: "unused",
  });
  by = { workspaceId: admin.workspaceId, id: admin.memberId };
  projectId = (await createProject(database.db, by, ProjectDraft.parse({ name: "Runs" }))).id;
  policyId = await registerModel(database.db, { ...model, workspaceId: by.workspaceId, kind: "policy", name: "first" });
});
afterAll(async () => {
  await database.close();
  await scratch.drop();
});
beforeEach(() => database.db.outbox.deleteMany());

const draft = () =>
  RunDraft.parse({ kind: "rloo", policy: { modelVersionId: policyId }, reward: { modelVersionId: rewardId } });
let rewardId: string;
beforeAll(async () => {
  rewardId = await registerModel(database.db, {
    ...model,
    sha256: "1".repeat(64),
    workspaceId: by.workspaceId,
    kind: "reward",
    name: "judge",
  });
});

async function launched(): Promise<string> {
  return (await launchRun(database.db, by, projectId, draft())).id;
}
async function taken(id: string) {
  const run = await takeRun(database.db, id);
  if (!run) throw new Error("the run could not be taken");
  return { runId: id, token: run.fencingToken };
}
/** As if its worker had been silent for a minute. */
const silence = (id: string) =>
  database.db.$executeRaw`UPDATE run SET heartbeat_at = now() - interval '1 minute' WHERE id = ${id}::uuid`;

describe("a run", () => {
  it("is promised in the outbox by the transaction that makes its row", async () => {
    const id = await launched();
    const kept: string[] = [];
    await drainOutbox(database.db, ["run"], async (promises) => {
      kept.push(...promises.map((promise) => promise.key));
    });
    expect(kept).toEqual([id]);
  });

  it("keeps its promise when whoever drained it fails half way", async () => {
    await launched();
    const failing = drainOutbox(database.db, ["run"], async () => {
      throw new Error("Redis is away");
    });
    await expect(failing).rejects.toThrow("Redis is away");
    expect(await database.db.outbox.count()).toBe(1);
  });

  it("is held by one worker while that worker lives", async () => {
    const id = await launched();
    const both = await Promise.all([takeRun(database.db, id), takeRun(database.db, id)]);
    expect(both.filter((run) => run !== null)).toHaveLength(1);
  });

  it("passes to another worker after silence, and the first can write nothing more", async () => {
    const id = await launched();
    const first = await taken(id);
    await silence(id);
    expect((await pendingRuns(database.db)).map((run) => run.id)).toContain(id);
    const second = await taken(id);
    expect(second.token).toBe(first.token + 1);
    const point = [{ step: 1, name: "loss", value: 1 }];
    const progress = { step: 1, totalSteps: 2, secondsLeft: null };
    await expect(heartbeatRun(database.db, first)).rejects.toThrow(FencedOffError);
    await expect(writeMetrics(database.db, by.workspaceId, first, point, progress)).rejects.toThrow(FencedOffError);
    await expect(endRun(database.db, first, "failed", null)).rejects.toThrow(FencedOffError);
    await expect(publish(first)).rejects.toThrow(FencedOffError);
    await publish(second);
    expect((await getRun(database.db, by.workspaceId, id)).state).toBe("succeeded");
    expect(await database.db.modelVersion.count({ where: { runId: id } })).toBe(1);
  });

  it("is cancelled at once, whoever holds it, and its worker finds the fence closed", async () => {
    const waiting = await launched();
    expect((await cancelRun(database.db, by, waiting)).state).toBe("cancelled");
    const running = await launched();
    const fence = await taken(running);
    expect((await cancelRun(database.db, by, running)).state).toBe("cancelled");
    await expect(heartbeatRun(database.db, fence)).rejects.toThrow(FencedOffError);
    await expect(publish(fence)).rejects.toThrow(FencedOffError);
    await silence(running);
    expect(await takeRun(database.db, running)).toBeNull();
    await expect(cancelRun(database.db, by, waiting)).rejects.toMatchObject({ code: "conflict" });
  });

  it("that a version before was asked to cancel is not taken again once its worker has died", async () => {
    const id = await launched();
    await taken(id);
    await database.db.run.update({ where: { id }, data: { cancelAsked: true } });
    await silence(id);
    expect(await takeRun(database.db, id)).toBeNull();
    expect((await getRun(database.db, by.workspaceId, id)).state).toBe("cancelled");
  });
});

describe("a run that was put back for a reason", () => {
  it("says why, and rests while others are taken", async () => {
    const id = await launched();
    const fence = await taken(id);
    const why = { code: "disk_full", message: "There is no room left.", values: {} };
    await returnRun(database.db, fence, why);
    expect(await getRun(database.db, by.workspaceId, id)).toMatchObject({ state: "queued", error: why });
    expect((await pendingRuns(database.db)).map((run) => run.id)).not.toContain(id);
    const behind = await launched();
    await database.db.run.updateMany({
      where: { id: { notIn: [id, behind] }, state: "queued" },
      data: { state: "waiting" },
    });
    expect((await takeNextRun(database.db, id))?.id).toBe(behind);
    expect(await takeNextRun(database.db, id)).toBeNull();
    await database.db.$executeRaw`UPDATE run SET not_before = now() - interval '1 second' WHERE id = ${id}::uuid`;
    expect(await takeRun(database.db, id)).toMatchObject({ error: null });
  });
});

describe("a run whose workers die", () => {
  const dies = async (id: string) => {
    const fence = await taken(id);
    await silence(id);
    return fence;
  };

  it("fails with that reason after the third death in a row, and what waits for it ends too", async () => {
    const id = await launched();
    const follower = await launched();
    await database.db.run.update({ where: { id: follower }, data: { state: "waiting", waitsForId: id } });
    for (let death = 1; death <= 3; death++) await dies(id);
    expect(await takeRun(database.db, id)).toBeNull();
    expect(await getRun(database.db, by.workspaceId, id)).toMatchObject({
      state: "failed",
      error: { code: "worker_lost", reason: "workersLost", values: { count: 3 } },
    });
    expect((await getRun(database.db, by.workspaceId, follower)).state).toBe("cancelled");
  });

  it("goes on as long as each few takes leave a newer checkpoint", async () => {
    const id = await launched();
    for (let step = 1; step <= 6; step++) {
      const fence = await taken(id);
      const checkpoint = { step, path: `runs/${id}/${fence.token}/${step}` };
      if (step % 3 === 0) await recordCheckpoint(database.db, by.workspaceId, fence, checkpoint);
      await silence(id);
    }
    expect(await takeRun(database.db, id)).not.toBeNull();
  });

  it("is not held against takes that were given back in order, or lost by a worker that lives", async () => {
    const id = await launched();
    for (let stop = 1; stop <= 5; stop++) await returnRun(database.db, await taken(id));
    await dies(id);
    const silent = await dies(id);
    const next = await taken(id);
    await excuseTake(database.db, silent);
    await returnRun(database.db, next);
    await dies(id);
    expect(await takeRun(database.db, id)).not.toBeNull();
  });
});

async function publish(fence: { runId: string; token: number }) {
  const id = await newId(database.db);
  await succeedRun(database.db, by.workspaceId, fence, {
    ...model,
    id,
    kind: "policy",
    name: "second",
    parentId: policyId,
    rewardId,
  });
}

describe("what a run has to say", () => {
  it("is kept with its code and figures, so that a page can say it in its own language", async () => {
    const fence = await taken(await launched());
    const fact = { code: "trained_on", level: "note", values: { noun: "comparisons", used: 4, total: 5 } } as const;
    await addAlert(database.db, fence, { step: 0, message: "Trained on 4 of 5 comparisons.", ...fact });
    await addAlert(database.db, fence, { step: 3, message: "Said by an older worker." });
    const choice = { passedOver: [{ engine: "node", why: "not_installed", detail: "" }] } as const;
    const engine = { backend: "wasm", reason: "…", fingerprint: "f", passedOver: [...choice.passedOver] };
    await setEngine(database.db, fence, engine);
    const error = { code: "diverged", message: "Broke off.", values: { step: 3 } };
    await endRun(database.db, fence, "failed", error);
    expect(await getRun(database.db, by.workspaceId, fence.runId)).toMatchObject({
      alerts: [
        { step: 0, message: "Trained on 4 of 5 comparisons.", ...fact },
        { step: 3, message: "Said by an older worker.", level: "note", code: null, values: {} },
      ],
      engine,
      error,
    });
  });
});

describe("an evaluation", () => {
  it("says that it has stopped when the run that was to write its answers is cancelled", async () => {
    const second = await registerModel(database.db, {
      ...model,
      sha256: "2".repeat(64),
      workspaceId: by.workspaceId,
      kind: "policy",
      name: "second",
    });
    const draft = EvaluationDraft.parse({ candidateId: second, baselineId: policyId });
    const { id } = await createEvaluation(database.db, by, projectId, draft);
    const state = async () => (await getEvaluation(database.db, by.workspaceId, id)).state;
    expect(await state()).toBe("generating");
    const run = await database.db.run.findFirstOrThrow({ where: { evaluationId: id } });
    await cancelRun(database.db, by, run.id);
    expect(await state()).toBe("stopped");
  });
});

describe("a run that goes on from a checkpoint", () => {
  it("keeps what came up to it and lets the rest come again, said once", async () => {
    const fence = await taken(await launched());
    const at = async (step: number) => {
      await addAlert(database.db, fence, { step: step - 1, message: `Said at step ${step}.` });
      const progress = { step, totalSteps: 9, secondsLeft: null };
      await writeMetrics(database.db, by.workspaceId, fence, [{ step, name: "loss", value: step }], progress);
    };
    await addAlert(database.db, fence, { step: 0, message: "Said before the first step." });
    for (const step of [1, 2, 3, 4]) await at(step);
    await dropProgressAfter(database.db, fence, 2);
    await addAlert(database.db, fence, { step: 2, message: "Said before the first step." });
    for (const step of [3, 4]) await at(step);
    const { alerts } = await getRun(database.db, by.workspaceId, fence.runId);
    expect(alerts.map(({ step, message }) => `${step} ${message}`)).toEqual([
      "0 Said before the first step.",
      ...[1, 2, 3, 4].map((step) => `${step - 1} Said at step ${step}.`),
    ]);
    const {
      series: [loss],
    } = await getRunMetrics(database.db, by.workspaceId, fence.runId);
    expect(loss?.points).toEqual([1, 2, 3, 4].map((step) => [step, step]));
  });
});

describe("curves of a run", () => {
  it("come whole, or one by name with the time of each point, and a run says what its curves are called", async () => {
    const fence = await taken(await launched());
    const write = (step: number, values: Readonly<Record<string, number>>) => {
      const points = Object.entries(values).map(([name, value]) => ({ step, name, value }));
      return writeMetrics(database.db, by.workspaceId, fence, points, { step, totalSteps: 3, secondsLeft: null });
    };
    await write(1, { loss: 3, "heldout.aspect.a, b.mse": 1 });
    await write(2, { loss: 2, reward: 0.5 });
    await write(3, { loss: 1 });
    const began = new Date("2026-12-01T10:00:00Z");
    await database.db.run.update({ where: { id: fence.runId }, data: { startedAt: began } });
    // As a point of before times were kept, and one that was drawn a minute and a half after the beginning.
    await database.db.metric.updateMany({ where: { runId: fence.runId, step: 1 }, data: { at: null } });
    const at = new Date(began.getTime() + 90_500);
    await database.db.metric.updateMany({ where: { runId: fence.runId, step: { gt: 1 } }, data: { at } });

    const read = (query: Parameters<typeof getRunMetrics>[3]) =>
      getRunMetrics(database.db, by.workspaceId, fence.runId, query);
    const names = ["heldout.aspect.a, b.mse", "loss", "reward"];
    expect(await read({})).toEqual({
      names,
      series: [
        { name: "heldout.aspect.a, b.mse", points: [[1, 1]] },
        { name: "loss", points: [3, 2, 1].map((value, index) => [index + 1, value]) },
        { name: "reward", points: [[2, 0.5]] },
      ],
    });
    expect(await read({ name: "" })).toEqual({ names, series: [] });
    expect(await read({ name: "loss", after: 1, times: true })).toEqual({
      names,
      series: [
        {
          name: "loss",
          points: [
            [2, 2],
            [3, 1],
          ],
          seconds: [90.5, 90.5],
        },
      ],
    });
    expect((await read({ name: "loss", times: true })).series[0]?.seconds).toEqual([null, 90.5, 90.5]);
    expect((await read({ name: "entropy" })).series).toEqual([]);
  });

  it("keep when a point was drawn, and when it was drawn again", async () => {
    const fence = await taken(await launched());
    const write = (value: number) => {
      const progress = { step: 1, totalSteps: 1, secondsLeft: null };
      return writeMetrics(database.db, by.workspaceId, fence, [{ step: 1, name: "loss", value }], progress);
    };
    const point = () => database.db.metric.findFirstOrThrow({ where: { runId: fence.runId } });
    await write(2);
    await database.db.metric.updateMany({ where: { runId: fence.runId }, data: { at: null } });
    await write(1);
    expect(await point()).toMatchObject({ value: 1, at: expect.any(Date) });
  });
});

describe("a round", () => {
  it("is launched once, whoever presses twice, and answers with all its runs in order", async () => {
    const project = await createProject(database.db, by, ProjectDraft.parse({ name: "Round" }));
    const rows = Array.from({ length: 200 }, (_, i) => ({ prompt: `p${i}`, chosen: "good", rejected: `bad ${i}` }));
    const bytes = Readable.from([Buffer.from(rows.map((row) => JSON.stringify(row)).join("\n"))]);
    const where = {
      workspaceId: by.workspaceId,
      projectId: project.id,
      memberId: by.id,
      fileName: null,
      mapping: null,
    };
    await importRows(
      database.pool,
      { ...where, format: "trl-preference", asked: standardQuestionnaires.preference, open: false },
      readImport(bytes, { format: "trl-preference" }),
    );
    const round = RoundDraft.parse({ preset: "preference", policyId });
    const presses = await Promise.allSettled(
      Array.from({ length: 4 }, () => launchRound(database.db, by, project.id, round)),
    );
    const made = presses.flatMap((press) => (press.status === "fulfilled" ? [press.value] : []));
    expect(made.map(({ runs }) => runs.map(({ kind }) => kind))).toEqual([["reward", "rloo", "generate", "generate"]]);
    for (const press of presses) {
      if (press.status === "rejected") expect(press.reason).toMatchObject({ code: "conflict", path: "policyId" });
    }
    expect(await database.db.run.count({ where: { projectId: project.id } })).toBe(4);
    for (const other of [{ seed: 2 }, { quick: true }]) {
      expect((await launchRound(database.db, by, project.id, { ...round, ...other })).runs).toHaveLength(4);
    }
  });
});

describe("a launch", () => {
  it("names a setting that does not exist, and a trainer that is another than the run's kind", async () => {
    const bad = RunDraft.parse({ ...draft(), spec: { stepz: 4, trainer: "sft" } });
    await expect(launchRun(database.db, by, projectId, bad)).rejects.toMatchObject({
      code: "invalid_spec",
      issues: [{ path: "spec.trainer" }, { path: "spec.stepz", message: expect.stringMatching(/no such setting/) }],
    });
    const same = RunDraft.parse({ ...draft(), spec: { steps: 4, trainer: "rloo" } });
    expect(await launchRun(database.db, by, projectId, same)).toMatchObject({ kind: "rloo" });
  });

  it("refuses to train on labels that are not there, and says how many are needed", async () => {
    const reward = RunDraft.parse({ kind: "reward", policy: { modelVersionId: policyId } });
    await expect(launchRun(database.db, by, projectId, reward)).rejects.toMatchObject({
      code: "too_few_labels",
      message: expect.stringMatching(/There are too few comparisons for training: 0 of at least \d+\./),
    });
  });

  it("names the setting that is not valid", async () => {
    const bad = RunDraft.parse({ ...draft(), spec: { samplesPerPrompt: 1 } });
    await expect(launchRun(database.db, by, projectId, bad)).rejects.toMatchObject({
      code: "invalid_spec",
      path: "spec.samplesPerPrompt",
    });
  });

  it("refuses a reward model where a policy is needed", async () => {
    const swapped = RunDraft.parse({ ...draft(), policy: { modelVersionId: rewardId } });
    await expect(launchRun(database.db, by, projectId, swapped)).rejects.toMatchObject({
      code: "wrong_model",
      path: "policy",
    });
  });

  it("does not find models and projects of another workspace", async () => {
    const stranger = { workspaceId: await newId(database.db), id: null };
    await expect(launchRun(database.db, stranger, projectId, draft())).rejects.toMatchObject({ code: "not_found" });
  });
});
