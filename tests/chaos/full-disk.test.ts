import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { RunDraft, type RunView, type SpooledFileView } from "@touchstone/contracts";
import {
  getRun,
  isStorageFull,
  LocalFileStore,
  launchRun,
  type OpenDatabase,
  openDatabase,
} from "@touchstone/persistence";
import { runningPostgresUrl } from "@touchstone/stack";
import { afterEach, describe, expect, it } from "vitest";
import { toDomainError } from "../../apps/api/src/plugins/problem-of.ts";
import { openApi } from "../harness/api-server.ts";
import { type BuiltProcess, spawnBuilt } from "../harness/built-process.ts";
import { freshDatabase, freshRedis } from "../harness/database.ts";
import { newProject } from "../harness/import-file.ts";
import { labellingProject } from "../harness/labelling-project.ts";
import { learningProject } from "../harness/learning-project.ts";
import { RemoteVisitor } from "../harness/remote-visitor.ts";
import { beginUpload, sendOn } from "../harness/send-in-pieces.ts";
import { noSmallDisk, type SmallDisk, smallDisk } from "../harness/small-disk.ts";
import { startTouchstone } from "../harness/touchstone.ts";
import { createLogin, newTenant } from "../harness/visitor.ts";

const why = noSmallDisk();
const undo: (() => unknown)[] = [];
afterEach(async () => {
  for (const action of undo.splice(0).reverse()) await action();
});

function diskOf(megabytes: number): SmallDisk {
  const disk = smallDisk(megabytes);
  undo.push(() => disk.remove());
  return disk;
}

function opened(url: string): OpenDatabase {
  const database = openDatabase(url);
  undo.push(() => database.close());
  return database;
}

/** Processes of the service, by name, as its ledger has them. */
function processesOf(dataDir: string): Map<string, number> {
  const entries: { name: string; pid: number }[] = JSON.parse(readFileSync(join(dataDir, "processes.json"), "utf8"));
  return new Map(entries.map(({ name, pid }) => [name, pid]));
}

describe.skipIf(why !== undefined)(`on a full disk${why === undefined ? "" : ` (skipped: ${why})`}`, () => {
  it("the service refuses what it cannot keep, lives, outlives a killed worker, and works again once there is room", async () => {
    const disk = diskOf(320);
    const dataDir = join(disk.folder, "data");
    const touchstone = await startTouchstone({ dataDir });
    undo.push(() => touchstone.kill("SIGKILL"));
    await touchstone.ready();
    const { db } = opened(runningPostgresUrl(dataDir) ?? "");
    const project = await labellingProject(db, { tasks: 4_000, overlap: 1, annotators: 0 });
    await createLogin(db, "ada@example.org", { workspaceId: project.workspaceId, role: "annotator" });
    const ada = await RemoteVisitor.signIn(touchstone.url, "ada@example.org");
    const before = processesOf(dataDir);

    disk.fill();
    process.kill(before.get("The worker") ?? Number.NaN, "SIGKILL");
    let kept = 0;
    const judge = () => ada.judgeOne(project.projectId).catch(() => 503);
    for (let status = 201; status === 201; kept += status === 201 ? 1 : 0) status = await judge();
    // Meanwhile everything that says anything says it into logs on the same disk.
    for (let asked = 0; asked < 20; asked++) await judge();
    disk.free();
    await expect.poll(judge, { timeout: 60_000 }).toBe(201);
    await expect.poll(() => processesOf(dataDir).get("The worker"), { timeout: 30_000 }).toBeDefined();
    expect(processesOf(dataDir).get("The API")).toBe(before.get("The API"));
    expect(await db.judgement.count({ where: { projectId: project.projectId } })).toBeGreaterThan(kept);
    expect(await touchstone.kill("SIGTERM")).toBe(0);
  });

  it("an uploaded file is refused as what does not fit the disk, and leaves nothing of itself", async () => {
    const disk = diskOf(8);
    const store = new LocalFileStore(disk.folder);
    await store.put("media/here", Buffer.from("before"));
    disk.fill();
    const refusal = await store.put("media/large", Buffer.alloc(2 ** 20)).then(
      () => new Error("it was taken"),
      (error: Error) => error,
    );
    expect([isStorageFull(refusal), toDomainError(refusal).reason]).toEqual([true, "diskFull"]);
    expect(readdirSync(join(disk.folder, "media"))).toEqual(["here"]);
    disk.free();
    expect(await store.put("media/large", Buffer.alloc(2 ** 20))).toBe(2 ** 20);
  });

  it("an upload in pieces stands where it stood, leaves nothing of the piece, and goes on from there once there is room", async () => {
    const disk = diskOf(16);
    const api = await openApi({ TOUCHSTONE_FILES_DIR: disk.folder, LOG_LEVEL: "silent" });
    undo.push(() => api.close());
    const { admin } = await newTenant(api.server, "ada@example.org");
    const bytes = Buffer.from(
      `${JSON.stringify({ prompt: "Q", chosen: "y".repeat(100_000), rejected: "n" })}\n`.repeat(30),
    );
    const begun = await beginUpload(admin, await newProject(admin, "full"), "rows.jsonl", bytes.length);
    const { id } = begun.json<SpooledFileView>();
    const file = async () => (await admin.send("GET", `/api/spool/${id}`)).json<SpooledFileView>();
    expect((await sendOn(admin, id, 0, bytes.subarray(0, 1_000))).statusCode).toBe(204);
    disk.fill();
    const refusal = await sendOn(admin, id, 1_000, bytes.subarray(1_000));
    expect(refusal.json()).toMatchObject({ status: 503, reason: "diskFull" });
    expect(await file()).toMatchObject({ state: "arriving", received: 1_000 });
    const pieces = () => readdirSync(join(disk.folder, "spool"), { recursive: true, withFileTypes: true });
    expect(pieces().filter((one) => one.isFile())).toHaveLength(1);
    disk.free();
    expect((await sendOn(admin, id, 1_000, bytes.subarray(1_000))).statusCode).toBe(204);
    expect(await file()).toMatchObject({ state: "ready", received: bytes.length });
  });

  it("a run is put back with the reason, leaves no draft, and goes on by itself once there is room", async () => {
    const scratch = await freshDatabase();
    undo.push(() => scratch.drop());
    const database = opened(scratch.url);
    const disk = diskOf(8);
    const project = await learningProject(database.db, disk.folder);
    const worker: BuiltProcess = spawnBuilt("worker/dist/main.js", {
      DATABASE_URL: scratch.url,
      REDIS_URL: await freshRedis(),
      TOUCHSTONE_FILES_DIR: disk.folder,
      TOUCHSTONE_SECRET: "x".repeat(40),
    });
    undo.push(() => worker.kill("SIGKILL"));
    const draft = RunDraft.parse({
      kind: "reward",
      includeSimulated: true,
      policy: { modelVersionId: project.policyId },
      spec: { batchSize: 4, epochs: 1, checkpointEvery: 4, evaluateEvery: 20 },
    });
    disk.fill();
    const { id } = await launchRun(database.db, project.by, project.projectId, draft);
    const until = async (reached: (run: RunView) => boolean): Promise<RunView> => {
      for (;;) {
        const run = await getRun(database.db, project.by.workspaceId, id);
        if (run.state === "failed") throw new Error(`${run.error?.message}\n${worker.output()}`);
        if (reached(run)) return run;
        await sleep(50);
      }
    };
    const put = await until((run) => run.error !== null);
    expect(put).toMatchObject({ state: "queued", error: { code: "disk_full", reason: "noRoomForRun" } });
    const names = readdirSync(disk.folder, { recursive: true, encoding: "utf8" });
    expect(names.filter((name) => name.endsWith(".draft"))).toEqual([]);
    disk.free();
    // As if its rest were over.
    await database.db.$executeRaw`UPDATE run SET not_before = now() - interval '1 second' WHERE id = ${id}::uuid`;
    expect(await until((run) => run.state === "succeeded")).toMatchObject({ error: null });
  });
});
