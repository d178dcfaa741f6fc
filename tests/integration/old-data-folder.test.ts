import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { migrate, openDatabase } from "@touchstone/persistence";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import { spawnBuilt } from "../harness/built-process.ts";
import { emptyDatabase } from "../harness/database.ts";
import { copyOldFiles, fillOldDatabase } from "../harness/old-data-folder.ts";
import { expectOldWorkspaceWhole } from "../harness/old-workspace.ts";
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

describe("the database of commit edcce48", () => {
  it("is brought to the present form with leases, label sets and runs as they were", async () => {
    const url = await oldDatabase();
    expect((await migrate(url, committed)).length).toBeGreaterThan(0);
    const { db, close } = openDatabase(url);
    onTestFinished(close);
    await expectOldWorkspaceWhole(db);
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
    await expectOldWorkspaceWhole(db);
    const models = await db.modelVersion.findMany({ select: { files: true } });
    const paths = models.flatMap(({ files }) => (Array.isArray(files) ? files : [])).map((each) => Object(each).path);
    expect(paths.filter((path) => !existsSync(join(home, "new", "files", path)))).toEqual([]);
  });
});
