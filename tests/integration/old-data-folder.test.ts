import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { claimTasks, type Database, freezeLabelSet, migrate, openDatabase } from "@touchstone/persistence";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { brokenInvariants } from "../harness/assignment-invariants.ts";
import { spawnBuilt } from "../harness/built-process.ts";
import { emptyDatabase } from "../harness/database.ts";
import { copyOldFiles, fillOldDatabase, old } from "../harness/old-data-folder.ts";
import { temporaryFolder } from "../harness/touchstone.ts";

const home = temporaryFolder();
const committed = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function empty(): Promise<string> {
  const { url, drop } = await emptyDatabase();
  onTestFinished(drop);
  return url;
}

async function oldDatabase(): Promise<string> {
  const url = await empty();
  await fillOldDatabase(url);
  return url;
}

/** Nothing of that workspace is lost, and its label set hashes as it did. */
async function expectWhole(db: Database): Promise<void> {
  // Imports of then wrote no journal, and what was promised had been told.
  const meant = /^a lease whose last journal entry|^a judgement that nobody was promised/;
  expect((await brokenInvariants(db)).filter((broken) => !meant.test(broken))).toEqual([]);
  const { ann, ben } = old.judgements;
  const judgements = { where: { id: { in: [...ann, ...ben] } } };
  expect(await db.judgement.count(judgements)).toBe(ann.length + ben.length);
  const { workspaceId, id: projectId } = await db.project.findUniqueOrThrow({ where: { id: old.projectId } });
  // Frozen anew by this version, equal judgements have the hash that edcce48 wrote: they are the same set.
  const again = await freezeLabelSet(db, { workspaceId, projectId, includeSimulated: false });
  expect(again).toMatchObject({ id: old.labelSet.id, sha256: old.labelSet.sha256 });
  const held = await db.lease.findUniqueOrThrow({ where: { id: old.held.leaseId } });
  const { tasks } = await claimTasks(db, { workspaceId, memberId: held.memberId, projectId, count: 2 });
  expect(tasks).toContainEqual(
    expect.objectContaining({ lease: expect.objectContaining({ id: held.id, token: old.held.leaseToken }) }),
  );
  expect(await db.run.findUnique({ where: { id: old.queuedRunId } })).toMatchObject({ state: "queued", number: 3 });
}

describe("the database of commit edcce48", () => {
  it("is brought to the present form with leases, label sets and runs as they were", async () => {
    const url = await oldDatabase();
    expect((await migrate(url, committed)).length).toBeGreaterThan(0);
    const { db, close } = openDatabase(url);
    onTestFinished(close);
    await expectWhole(db);
  });

  it("is backed up as it is and restored into this version", async () => {
    copyOldFiles(join(home, "old", "files"));
    const file = join(home, "old.tar.gz");
    const from = { DATABASE_URL: await oldDatabase(), TOUCHSTONE_DATA_DIR: join(home, "old") };
    const made = spawnBuilt("cli/dist/main.js", from, ["backup", file]);
    expect(await made.ended(), made.output()).toBe(0);
    // Each file is what that version wrote, to the byte.
    expect(made.output()).not.toContain("isn't what it was");
    const to = { DATABASE_URL: await empty(), TOUCHSTONE_DATA_DIR: join(home, "new") };
    const restored = spawnBuilt("cli/dist/main.js", to, ["restore", file]);
    expect(await restored.ended(), restored.output()).toBe(0);
    const { db, close } = openDatabase(to.DATABASE_URL);
    onTestFinished(close);
    await expectWhole(db);
    const models = await db.modelVersion.findMany({ select: { files: true } });
    const paths = models.flatMap(({ files }) => (Array.isArray(files) ? files : [])).map((each) => Object(each).path);
    expect(paths.filter((path) => !existsSync(join(home, "new", "files", path)))).toEqual([]);
  });
});
