import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { OutgoingAllow, openOutgoing } from "@touchstone/outgoing";
import {
  type Annotator,
  advanceErasure,
  ErasureUnderWayError,
  eraseMember,
  FencedOffError,
  findPersonDependants,
  freezeLabelsOfRun,
  LocalFileStore,
  recordCheckpoint,
  returnRun,
  streamLabelSet,
  submitJudgement,
  takeRun,
} from "@touchstone/persistence";
import { folderFeatureCache } from "@touchstone/rlhf";
import pg from "pg";
import { pino } from "pino";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readEnvironment } from "../../apps/worker/src/environment.ts";
import { handleRun } from "../../apps/worker/src/handlers/run.ts";
import { openFeaturesFolder } from "../../apps/worker/src/run/features-folder.ts";
import { RunFiles } from "../../apps/worker/src/run/files.ts";
import { assignmentDatabase } from "../harness/assignment-database.ts";
import { type LabellingProject, labellingProject, submissionFor } from "../harness/labelling-project.ts";

// A run that a worker took a moment before an erasure began: each of the moments at which the one may meet the other.

const open = assignmentDatabase(10);
const filesDir = mkdtempSync(join(tmpdir(), "erasure-races-"));
let pool: pg.Pool;
beforeAll(() => {
  pool = new pg.Pool({ connectionString: open.url, max: 4 });
});
afterAll(async () => {
  await pool.end();
  rmSync(filesDir, { recursive: true });
});

const step = (id: string) => advanceErasure({ pool, files: new LocalFileStore(filesDir) }, id);
async function goOn(id: string): Promise<void> {
  for (let came = await step(id); came !== "done"; came = await step(id)) if (came === "waiting") await sleep(5);
}

async function judgedProject() {
  const project = await labellingProject(open.db, { tasks: 6, overlap: 2, annotators: 2 });
  const [who, other] = project.annotators;
  if (!who || !other) throw new Error("nobody");
  for (const one of [who, who, who, other, other]) {
    const [task] = (await open.claimFor(project, one)).tasks;
    if (!task) throw new Error("no task");
    await submitJudgement(open.db, one, submissionFor(task));
  }
  return { project, who };
}

async function begin({ workspaceId }: LabellingProject, { memberId }: Annotator, what: "identity" | "all") {
  const admin = await open.db.member.findFirstOrThrow({
    where: { workspaceId, role: "admin" },
    select: { workspaceId: true, id: true },
  });
  const { member, stamp } = await findPersonDependants(open.db, workspaceId, memberId);
  return (await eraseMember(open.db, admin, memberId, { what, name: member.name, stamp })).id;
}

const environment = () =>
  readEnvironment({
    ...{ DATABASE_URL: open.url, REDIS_URL: "redis://127.0.0.1:1", TOUCHSTONE_FILES_DIR: filesDir },
    TOUCHSTONE_SECRET: "x".repeat(40),
  });

/** A run in the hands of a worker, which has not looked at its labels yet. */
async function taken({ workspaceId, projectId }: LabellingProject) {
  const data = { workspaceId, projectId, kind: "reward" as const, name: "Reward", spec: {}, seed: 1 };
  const { id: runId } = await open.db.run.create({ data: { ...data, state: "queued" } });
  const run = await takeRun(open.db, runId);
  if (!run) throw new Error("not taken");
  const fence = { runId, token: run.fencingToken };
  const scope = { workspaceId, projectId, includeSimulated: false };
  return { run, fence, scope, held: { db: open.db, run, fence, environment: environment() } };
}

const runOf = (id: string) => open.db.run.findUniqueOrThrow({ where: { id } });
const ended = { state: "failed", error: expect.objectContaining({ reason: "labelsErased" }) };
/** Names of all that lies in the store. */
const filesThere = () =>
  readdirSync(filesDir, { recursive: true, withFileTypes: true }).flatMap((one) => (one.isFile() ? [one.name] : []));
const row = () => new Float32Array([1, 2, 3]);

it.each(["identity", "all"] as const)(
  "taken before an erasure of %s and not yet at its labels, a run reads none: it is put back, and taken when all is gone",
  async (what) => {
    const { project, who } = await judgedProject();
    const { fence, scope } = await taken(project);
    const id = await begin(project, who, what);
    await expect(freezeLabelsOfRun(open.db, fence, scope)).rejects.toThrow(ErasureUnderWayError);
    expect(await open.db.labelSet.count({ where: { projectId: project.projectId } })).toBe(0);
    await returnRun(open.db, fence);
    expect(await step(id)).toBe("more");
    expect(await takeRun(open.db, fence.runId)).toBeNull();

    await goOn(id);
    const again = await takeRun(open.db, fence.runId);
    const frozen = await freezeLabelsOfRun(open.db, { ...fence, token: again?.fencingToken ?? 0 }, scope);
    expect(frozen.judgements).toBe(what === "all" ? 2 : 5);
    const read = [];
    for await (const form of streamLabelSet(open.db, frozen.id)) read.push(form);
    expect(read).toHaveLength(frozen.judgements);
    expect((await runOf(fence.runId)).labelSetId).toBe(frozen.id);
  },
);

it.each(["identity", "all"] as const)(
  "with labels frozen as an erasure of %s begins unseen, a run ends before any of them goes: asleep or not, it writes nothing",
  async (what) => {
    const { project, who } = await judgedProject();
    const { fence, scope, held } = await taken(project);
    const follower = await open.db.run.create({
      data: {
        ...{ workspaceId: project.workspaceId, projectId: project.projectId, kind: "rloo", name: "After" },
        ...{ spec: {}, seed: 1, state: "waiting", waitsForId: fence.runId },
      },
    });
    // Its worker has looked whether anybody is being erased, and waits for the last statement of its transaction.
    const holder = await pool.connect();
    await holder.query("BEGIN");
    await holder.query("SELECT FROM run WHERE id = $1 FOR UPDATE", [fence.runId]);
    const freezing = freezeLabelsOfRun(open.db, fence, scope);
    const waits = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%fencing_token%'`;
    await expect.poll(async () => (await pool.query(waits)).rowCount, { timeout: 20_000 }).toBe(1);
    const id = await begin(project, who, what);
    expect(await step(id)).toBe("more");
    // No judgement of theirs goes while somebody freezes.
    expect(await step(id)).toBe("waiting");
    expect(await open.db.judgement.count({ where: { memberId: who.memberId } })).toBe(3);
    await holder.query("ROLLBACK");
    holder.release();
    expect((await freezing).judgements).toBe(5);
    expect(await runOf(fence.runId)).toMatchObject({ state: "running" });

    // Its features begin to be written, and then it sleeps while the erasure goes on.
    const cache = folderFeatureCache(await openFeaturesFolder(held));
    await cache.write("a".repeat(64), row());
    expect(filesThere()).toHaveLength(1);
    expect(await step(id)).toBe("more");
    expect(await runOf(fence.runId)).toMatchObject(ended);
    expect(await runOf(follower.id)).toMatchObject({ state: "cancelled", error: { code: "predecessor_failed" } });
    const keys = [fence.runId, follower.id];
    expect(await open.db.outbox.count({ where: { topic: "run-changed", key: { in: keys } } })).toBe(2);
    await goOn(id);
    expect(filesThere()).toEqual([]);

    // It wakes: no row, and no file.
    const checkpoint = { step: 1, path: `runs/${fence.runId}/1/1` };
    await expect(recordCheckpoint(open.db, project.workspaceId, fence, checkpoint)).rejects.toThrow(FencedOffError);
    await expect(openFeaturesFolder(held)).rejects.toThrow(FencedOffError);
    await cache.write("b".repeat(64), row());
    // Not even where a run that was launched since has a folder there.
    const next = await taken(project);
    const nextCache = folderFeatureCache(await openFeaturesFolder(next.held));
    await nextCache.write("c".repeat(64), row());
    await cache.write("d".repeat(64), row());
    expect(filesThere()).toEqual(["c".repeat(64)]);
    expect([await cache.read("c".repeat(64)), await nextCache.read("c".repeat(64))]).toEqual([undefined, row()]);
    // Both of one project share it.
    expect(await openFeaturesFolder((await taken(project)).held)).toBe(await openFeaturesFolder(next.held));
    rmSync(join(filesDir, "features"), { recursive: true });
  },
);

it("its worker gives such a run back in order: it rests on nobody's desk, and does not count as a worker's death", async () => {
  const { project, who } = await judgedProject();
  const { workspaceId, projectId } = project;
  const data = { workspaceId, projectId, kind: "reward" as const, name: "Reward", seed: 1 };
  const { id } = await open.db.run.create({ data: { ...data, spec: { trainer: "reward" }, state: "queued" } });
  const store = new LocalFileStore(filesDir);
  const files = new RunFiles(store);
  // The first thing that a worker does with a run that it has taken.
  files.removeUnnamed = async () => {
    await begin(project, who, "all");
  };
  const services = { db: open.db, files, store, environment: environment(), log: pino({ level: "silent" }) };
  const rest = {
    database: { db: open.db, pool, close: async () => undefined },
    outgoing: openOutgoing({ allow: OutgoingAllow.parse("") }),
  };
  await handleRun({ ...services, ...rest, broadcast: () => undefined }, { runId: id }, new AbortController().signal);
  expect(await runOf(id)).toMatchObject({ state: "queued", error: null, lostTakes: 0, labelSetId: null });
});
