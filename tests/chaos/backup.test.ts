import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Problem } from "@touchstone/contracts";
import { migrate, openDatabase } from "@touchstone/persistence";
import { openStack, runningPostgresUrl } from "@touchstone/stack";
import pg from "pg";
import { afterAll, expect, it } from "vitest";
import { type ApiProcess, spawnApi } from "../harness/api-process.ts";
import { brokenInvariants } from "../harness/assignment-invariants.ts";
import { type BuiltProcess, spawnBuilt } from "../harness/built-process.ts";
import { labellingProject } from "../harness/labelling-project.ts";
import { RemoteVisitor } from "../harness/remote-visitor.ts";
import { temporaryFolder } from "../harness/touchstone.ts";
import { createLogin } from "../harness/visitor.ts";

const home = temporaryFolder();
const dataDir = join(home, "data");
const restored = join(home, "restored");
const file = join(home, "kept.tar.gz");
const annotators = 4;
const migrations = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));
const log = () => undefined;
const key = { TOUCHSTONE_BACKUP_KEY: "the key of this test's backups" };

afterAll(() => rmSync(home, { recursive: true, force: true }));

const backup = (to: string) => spawnBuilt("cli/dist/main.js", { TOUCHSTONE_DATA_DIR: dataDir, ...key }, ["backup", to]);
const restore = () => spawnBuilt("cli/dist/main.js", { TOUCHSTONE_DATA_DIR: restored, ...key }, ["restore", file]);

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(2);
}

/** Killed while one table's rows stand in the file and the next one's don't, it has left nothing that looks whole. */
async function killedBetweenRows(databaseUrl: string): Promise<void> {
  const held = new pg.Client({ connectionString: databaseUrl });
  await held.connect();
  const place = join(home, "third");
  // So that the backup waits there; people's work doesn't ask this table.
  await held.query("BEGIN; LOCK TABLE metric IN ACCESS EXCLUSIVE MODE");
  const half = backup(place);
  const waits = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'COPY%"metric"%'`;
  do {
    await sleep(2);
    // A transaction is shown the same activity however often it looks, else.
    await held.query("SELECT pg_stat_clear_snapshot()");
  } while ((await held.query(waits)).rowCount === 0);
  expect(await half.kill("SIGKILL")).toBe(null);
  expect(existsSync(place)).toBe(false);
  await held.query("COMMIT");
  await held.end();
  const again = backup(place);
  expect(await again.ended(), again.output()).toBe(0);
  rmSync(place);
}

/** Until rows are on their way into the database that is being restored, or the restore has ended without. */
async function rowsComeIn(restoring: BuiltProcess): Promise<void> {
  const ended = restoring.ended().then(() => true);
  const hasEnded = () => Promise.race([ended, Promise.resolve(false)]);
  const client = await connected(restored, hasEnded);
  while (client && !(await hasEnded())) {
    const { rowCount } = await client.query("SELECT FROM pg_stat_activity WHERE query LIKE 'COPY % FROM STDIN'");
    if (rowCount !== 0) break;
    await sleep(2);
  }
  await client?.end();
}

/** Its Postgres may still be starting. */
async function connected(dataDir: string, hasEnded: () => Promise<boolean>): Promise<pg.Client | undefined> {
  while (!(await hasEnded())) {
    const client = new pg.Client({ connectionString: runningPostgresUrl(dataDir) });
    client.on("error", () => undefined);
    const opened = await client.connect().then(
      () => true,
      () => false,
    );
    if (opened) return client;
    await sleep(20);
  }
  return undefined;
}

/** Everybody answers one task after the other until they are told to stop. @returns what was acknowledged when. */
function atWork(visitors: readonly RemoteVisitor[], projectId: string) {
  let stopped = false;
  let acknowledged = 0;
  const ends = visitors.map(async (visitor) => {
    while (!stopped) {
      expect(await visitor.judgeOne(projectId)).toBe(201);
      acknowledged += 1;
    }
  });
  return {
    acknowledged: () => acknowledged,
    async stop() {
      stopped = true;
      await Promise.all(ends);
    },
  };
}

it("a backup made while people judge holds all that was acknowledged before it, and comes back through kills", async () => {
  const stack = await openStack({ dataDir, log });
  let api: ApiProcess | undefined;
  let before: number;
  try {
    await migrate(stack.databaseUrl, migrations);
    const open = openDatabase(stack.databaseUrl);
    const project = await labellingProject(open.db, { tasks: 5_000, overlap: annotators, annotators: 0 });
    const emails = Array.from({ length: annotators }, (_, index) => `annotator${index}@example.org`);
    const at = { workspaceId: project.workspaceId, role: "annotator" } as const;
    for (const email of emails) await createLogin(open.db, email, at);
    // One has arrived and one is on its way; a third is read where it lies.
    const { workspaceId, projectId } = project;
    const { id: memberId } = await open.db.member.findFirstOrThrow({ where: { workspaceId } });
    const waits = {
      workspaceId,
      projectId,
      memberId,
      bytes: 9,
      received: 9,
      expiresAt: new Date(Date.now() + 3_600_000),
    };
    await open.db.spooledFile.createMany({
      data: [
        { ...waits, origin: "upload", name: "arrived.jsonl", state: "ready" },
        { ...waits, origin: "upload", name: "arriving.jsonl", received: 3 },
        { ...waits, origin: "folder", name: "lies.jsonl", state: "ready", stamp: "9 bytes of yesterday" },
      ],
    });
    await open.close();
    api = await spawnApi({ databaseUrl: stack.databaseUrl, redisUrl: stack.redisUrl });
    const { url } = api;
    const visitors = await Promise.all(emails.map((email) => RemoteVisitor.signIn(url, email)));
    const work = atWork(visitors, project.projectId);
    await until(() => work.acknowledged() > 20);
    before = work.acknowledged();
    await killedBetweenRows(stack.databaseUrl);
    const made = backup(file);
    expect(await made.ended(), made.output()).toBe(0);
    await until(() => work.acknowledged() > before);
    await work.stop();
  } finally {
    await api?.kill();
    await stack.stop();
  }

  // Nothing runs now, so this one starts the folder's Postgres itself, and leaves it behind when it is killed.
  const second = join(home, "second");
  const killed = backup(second);
  const drafts = () => readdirSync(home).filter((name) => name.endsWith(".draft"));
  await until(() => drafts().length > 0);
  await killed.kill("SIGKILL");
  expect(existsSync(second)).toBe(false);
  expect(drafts()).toHaveLength(1);
  const next = backup(second);
  expect(await next.ended(), next.output()).toBe(0);
  expect(drafts()).toEqual([]);

  // Killed as soon as it has begun, when its Postgres is there, and while rows come in.
  const exists = (name: string) => () => until(() => existsSync(join(restored, name)));
  for (const reached of [exists("restoring"), exists("postgres"), rowsComeIn]) {
    const half = restore();
    await reached(half);
    expect(await half.kill("SIGKILL")).toBe(null);
    const start = spawnBuilt("cli/dist/main.js", { TOUCHSTONE_DATA_DIR: restored, TOUCHSTONE_PORT: "1" }, ["start"]);
    expect(await start.ended()).toBe(1);
    expect(start.output()).toMatch(/A restore into .* has not ended\. .*npm run restore/);
  }
  const whole = restore();
  expect(await whole.ended(), whole.output()).toBe(0);
  expect(whole.output()).toContain("counted and hashed again");
  expect(whole.output()).toContain("Not in a backup: 2 files that waited for an import.");

  const again = await openStack({ dataDir: restored, log });
  try {
    const { db, close } = openDatabase(again.databaseUrl);
    expect(await db.judgement.count()).toBeGreaterThanOrEqual(before);
    expect(await brokenInvariants(db)).toEqual([]);
    expect(await db.session.count()).toBe(annotators);
    const files = await db.spooledFile.findMany({ orderBy: { name: "asc" } });
    const told = { code: "not_found", reason: "spooledNotInBackup" };
    expect(files.map(({ name, state }) => [name, state])).toEqual([
      ["arrived.jsonl", "failed"],
      ["arriving.jsonl", "failed"],
      ["lies.jsonl", "ready"],
    ]);
    expect(files.slice(0, 2).map(({ problem }) => Problem.parse(problem))).toMatchObject([told, told]);
    await close();
  } finally {
    await again.stop();
  }
});
