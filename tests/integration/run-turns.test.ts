import { Readable } from "node:stream";
import { ProjectDraft, RunDraft, ScheduleDraft } from "@touchstone/contracts";
import { readImport, standardQuestionnaires } from "@touchstone/datasets";
import {
  cancelRun,
  createProject,
  createSchedule,
  createWorkspaceWithAdmin,
  endRun,
  fireSchedule,
  getRun,
  importRows,
  launchRun,
  type OpenDatabase,
  openDatabase,
  registerModel,
  succeedRun,
  takeNextRun,
  takeRun,
} from "@touchstone/persistence";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshDatabase, type TestDatabase } from "../harness/database.ts";

let scratch: TestDatabase;
let database: OpenDatabase;
beforeAll(async () => {
  scratch = await freshDatabase();
  database = openDatabase(scratch.url);
});
afterAll(async () => {
  await database.close();
  await scratch.drop();
});

/** A model row; what the files say does not matter to the rules tested here. */
const model = { files: [], sha256: "0".repeat(64), parameters: 1, spec: {} };

/** A workspace with a project and a policy, and what launches runs there. */
async function workspace(name: string) {
  const made = await createWorkspaceWithAdmin(database.db, {
    workspaceName: name,
    adminName: "Ada",
    adminEmail: `${name}@example.org`,
    passwordHash: "unused",
  });
  const by = { workspaceId: made.workspaceId, id: made.memberId };
  const projectId = (await createProject(database.db, by, ProjectDraft.parse({ name }))).id;
  const policyId = await registerModel(database.db, { ...model, workspaceId: by.workspaceId, kind: "policy", name });
  const launch = (draft: object = {}) =>
    launchRun(
      database.db,
      by,
      projectId,
      RunDraft.parse({ kind: "generate", policy: { modelVersionId: policyId }, ...draft }),
    );
  return { by, projectId, policyId, launch };
}
type Workspace = Awaited<ReturnType<typeof workspace>>;

async function take(id: string) {
  const run = await takeRun(database.db, id);
  if (!run) throw new Error("the run could not be taken");
  return { runId: run.id, token: run.fencingToken };
}

async function cancelAll({ by, projectId }: Workspace) {
  const open = await database.db.run.findMany({ where: { projectId, state: { in: ["waiting", "queued"] } } });
  for (const { id, waitsForId } of open) if (waitsForId === null) await cancelRun(database.db, by, id);
}

describe("runs of several workspaces", () => {
  it("are taken in turns, whatever job asks and however many runs one workspace has", async () => {
    const [many, few] = [await workspace("many"), await workspace("few")];
    const first: string[] = [];
    for (let nth = 0; nth < 6; nth += 1) first.push((await many.launch()).id);
    const second = [(await few.launch()).id, (await few.launch()).id];
    const order: string[] = [];
    // The jobs come in the order in which the runs were launched.
    for (const job of [...first, ...second]) {
      const run = await takeNextRun(database.db, job);
      if (!run) throw new Error("a run is left");
      order.push(run.id);
      await endRun(database.db, { runId: run.id, token: run.fencingToken }, "cancelled", null);
    }
    expect(order).toEqual([first[0], second[0], first[1], second[1], ...first.slice(2)]);
    expect(await takeNextRun(database.db, first[0] ?? "")).toBeNull();
  });

  it("are a hundred at most that have not ended, also where all are launched at once", async () => {
    const full = await workspace("full");
    for (let nth = 0; nth < 98; nth += 1) await full.launch();
    const launches = await Promise.allSettled(Array.from({ length: 5 }, () => full.launch()));
    expect(launches.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    for (const launch of launches) {
      if (launch.status === "rejected") {
        expect(launch.reason).toMatchObject({ code: "too_many_requests", reason: "tooManyRuns" });
      }
    }
    await (await workspace("beside")).launch();
    const oldest = await database.db.run.findFirstOrThrow({ where: { projectId: full.projectId } });
    await cancelRun(database.db, full.by, oldest.id);
    await full.launch();
  });
});

describe("a run that names a run", () => {
  it("starts from the model which that run has published", async () => {
    const { launch, by } = await workspace("published");
    const sft = await launch({ kind: "pretrain" });
    const id = "00000000-0000-7000-8000-000000000001";
    await succeedRun(database.db, by.workspaceId, await take(sft.id), { ...model, id, kind: "policy", name: "new" });
    expect(await launch({ policy: { runId: sft.id } })).toMatchObject({ state: "queued", policyId: id });
  });

  it("waits for that run while it has not ended, and goes with it when it fails", async () => {
    const { launch, by } = await workspace("unfinished");
    const sft = await launch({ kind: "pretrain" });
    const follower = await launch({ policy: { runId: sft.id } });
    expect(follower).toMatchObject({ state: "waiting", waitsForId: sft.id });
    const lost = await launch({ kind: "pretrain" });
    const orphan = await launch({ policy: { runId: lost.id } });
    const id = "00000000-0000-7000-8000-000000000002";
    await succeedRun(database.db, by.workspaceId, await take(sft.id), { ...model, id, kind: "policy", name: "new" });
    expect(await getRun(database.db, by.workspaceId, follower.id)).toMatchObject({ state: "queued", policyId: id });
    await endRun(database.db, await take(lost.id), "failed", { code: "internal", message: "broke off", values: {} });
    expect(await getRun(database.db, by.workspaceId, orphan.id)).toMatchObject({ state: "cancelled" });
    await expect(launch({ policy: { runId: lost.id } })).rejects.toMatchObject({ reason: "publishingRunEnded" });
  });

  it("is refused where that run publishes another kind, or none", async () => {
    const { launch } = await workspace("other kind");
    const policy = await launch({ kind: "pretrain" });
    const answers = await launch();
    for (const runId of [policy.id, answers.id]) {
      const draft = { kind: "rloo", policy: { runId: policy.id }, reward: { runId } };
      await expect(launch(draft)).rejects.toMatchObject({
        code: "wrong_model",
        reason: "runOfOtherKind",
        path: "reward",
      });
    }
  });
});

describe("a schedule", () => {
  it("is one of fifty of its workspace at most, also where many are made at once", async () => {
    const full = await workspace("of many schedules");
    const draft = ScheduleDraft.parse({ preset: "preference", trigger: { kind: "judgements", every: 100 } });
    const make = () => createSchedule(database.db, full.by, full.projectId, draft);
    for (let nth = 0; nth < 48; nth += 1) await make();
    const made = await Promise.allSettled(Array.from({ length: 5 }, make));
    expect(made.filter(({ status }) => status === "fulfilled")).toHaveLength(2);
    for (const one of made) {
      if (one.status === "rejected") expect(one.reason).toMatchObject({ reason: "tooManySchedules" });
    }
  });

  it("does not fire while a run of its own is under way, also at several workers for several slots", async () => {
    const room = await workspace("scheduled");
    const rows = Array.from({ length: 80 }, (_, i) => ({ prompt: `p${i}`, chosen: "good", rejected: `bad ${i}` }));
    const bytes = Readable.from([Buffer.from(rows.map((row) => JSON.stringify(row)).join("\n"))]);
    const draft = { workspaceId: room.by.workspaceId, projectId: room.projectId, memberId: room.by.id };
    const more = { format: "trl-preference" as const, fileName: null, mapping: null, open: false };
    const source = readImport(bytes, { format: "trl-preference" });
    await importRows(database.pool, { ...draft, ...more, asked: standardQuestionnaires.preference }, source);
    const schedule = await createSchedule(
      database.db,
      room.by,
      room.projectId,
      ScheduleDraft.parse({
        preset: "preference",
        scope: "round",
        trigger: { kind: "cron", pattern: "* * * * *" },
      }),
    );
    // Before it can fire it needs a policy of the project.
    await database.db.modelVersion.update({ where: { id: room.policyId }, data: { projectId: room.projectId } });
    const slot = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute));
    const fired = await Promise.all([1, 2, 3, 4].map((at) => fireSchedule(database.db, schedule.id, slot(at))));
    expect(fired.filter(Boolean)).toHaveLength(1);
    expect(await fireSchedule(database.db, schedule.id, slot(5))).toBe(false);
    await cancelAll(room);
    expect(await fireSchedule(database.db, schedule.id, slot(6))).toBe(true);
    const told = await database.db.auditEvent.findMany({
      where: { detail: { path: ["scheduleId"], equals: schedule.id } },
    });
    expect(told.map(({ action, memberId }) => [action, memberId])).toEqual(told.map(() => ["round.launched", null]));
    expect(told).toHaveLength(2);
  });
});
