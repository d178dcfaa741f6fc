import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import {
  claimTasks,
  LocalFileStore,
  type OpenDatabase,
  openDatabase,
  registerModel,
  storeMedia,
  submitJudgement,
} from "@touchstone/persistence";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { spawnBuilt } from "../harness/built-process.ts";
import { emptyDatabase, freshDatabase, type TestDatabase } from "../harness/database.ts";
import { type LabellingProject, labellingProject, submissionFor } from "../harness/labelling-project.ts";
import { png } from "../harness/made-media.ts";
import { storeFiles } from "../harness/store-files.ts";
import { tableDigests } from "../harness/table-digests.ts";
import { temporaryFolder } from "../harness/touchstone.ts";

const key = "the key of this test's backups";
const home = temporaryFolder();
const dataDir = join(home, "data");
const sealed = join(home, "kept.sealed");
const plain = join(home, "kept.tar.gz");

let database: TestDatabase;
let open: OpenDatabase;
let project: LabellingProject;

beforeAll(async () => {
  database = await freshDatabase();
  open = openDatabase(database.url);
  project = await labellingProject(open.db, { tasks: 20, overlap: 2, annotators: 2 });
  const { workspaceId, projectId, annotators } = project;
  for (const annotator of annotators) {
    const { tasks } = await claimTasks(open.db, { ...annotator, projectId, count: 2 });
    // All that COPY's text form has a spelling of its own for.
    const comment = "tab\t, \\N, \\., 换行\n\r, \\\\ and “quotes”";
    for (const task of tasks)
      await submitJudgement(open.db, annotator, submissionFor(task, { flagged: true, comment }));
  }
  const weights = new Map([
    ["model.safetensors", Buffer.concat([Buffer.from("weights weights"), randomBytes(700_000)])],
  ]);
  const files = await storeFiles(join(dataDir, "files"), "models/kept", weights);
  const gone = { path: "models/gone/model.safetensors", sha256: "0".repeat(64), bytes: 1 };
  const model = { workspaceId, kind: "policy", parameters: 1, spec: {} } as const;
  await registerModel(open.db, { ...model, name: "kept", files, sha256: "kept" });
  await registerModel(open.db, { ...model, name: "gone", files: [gone], sha256: "gone" });
  const store = new LocalFileStore(join(dataDir, "files"));
  const bytes = png(8, 8, [1, 2, 3]);
  const picture = { name: "a.png", bytes, look: { type: "image/png" as const, width: 8, height: 8 } };
  const by = { workspaceId, id: annotators[0]?.memberId ?? "" };
  await storeMedia({ pool: open.pool, files: store }, by, projectId, picture, { bytes: 10_000 });
  writeFileSync(join(dataDir, "secret"), "signs cookies\n");
  expect(await backup(sealed, key)).toMatchObject({ code: 0 });
  expect(await backup(plain)).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await open?.close();
  await database?.drop();
  rmSync(home, { recursive: true, force: true });
});

async function run(args: string[], env: Record<string, string>) {
  const command = spawnBuilt("cli/dist/main.js", env, args);
  return { code: await command.ended(), said: command.output() };
}

const keyed = (passphrase: string): Record<string, string> =>
  passphrase === "" ? {} : { TOUCHSTONE_BACKUP_KEY: passphrase };

const backup = (file: string, passphrase = "", url = database.url) =>
  run(["backup", file], { DATABASE_URL: url, TOUCHSTONE_DATA_DIR: dataDir, ...keyed(passphrase) });

/** Into a database and a folder that nobody has used. */
async function restore(file: string, passphrase = "") {
  const target = await emptyDatabase();
  onTestFinished(() => target.drop());
  const folder = join(home, `into-${crypto.randomUUID()}`);
  const env = { DATABASE_URL: target.url, TOUCHSTONE_DATA_DIR: folder, ...keyed(passphrase) };
  return { ...(await run(["restore", file], env)), folder, target, env };
}

/** A restore that ends by saying why, and leaves no row and no file. */
async function refused(file: string, passphrase: string, why: RegExp) {
  const { code, said, folder, target } = await restore(file, passphrase);
  expect({ code, said }).toEqual({ code: 1, said: expect.stringMatching(why) });
  expect(said).not.toMatch(/^ +at /m);
  expect(existsSync(folder)).toBe(false);
  const filled = Object.entries(await tableDigests(target.url)).filter(([, digest]) => !digest.startsWith("0 "));
  expect(filled).toEqual([]);
}

describe("a backup", () => {
  it("comes back row for row and file for file, with the secret, and numbers go on where they were", async () => {
    const { code, said, folder, target, env } = await restore(sealed, key);
    expect(code, said).toBe(0);
    expect(await tableDigests(target.url)).toEqual(await tableDigests(database.url));
    const file = "files/models/kept/model.safetensors";
    expect(readFileSync(join(folder, file)).equals(readFileSync(join(dataDir, file)))).toBe(true);
    const restoredFiles = new LocalFileStore(join(folder, "files"));
    const pictures: number[] = [];
    for await (const { bytes } of restoredFiles.list("media")) pictures.push(bytes);
    expect(pictures).toEqual([png(8, 8, [1, 2, 3]).length]);
    expect(readFileSync(join(folder, "secret"), "utf8")).toBe("signs cookies\n");
    expect(readdirSync(folder).sort()).toEqual(["files", "secret"]);
    expect(said).toContain("models/gone/model.safetensors was missing");

    const restored = openDatabase(target.url);
    onTestFinished(() => restored.close());
    const [annotator] = project.annotators;
    if (!annotator) throw new Error("There is no annotator.");
    const { tasks } = await claimTasks(restored.db, { ...annotator, projectId: project.projectId, count: 1 });
    expect(tasks).toHaveLength(1);
    // What is there is never overwritten.
    const again = await run(["restore", sealed], { ...env, ...keyed(key) });
    expect(again).toEqual({ code: 1, said: expect.stringMatching(/isn't empty: it has .*TOUCHSTONE_DATA_DIR/) });
    const elsewhere = { ...env, TOUCHSTONE_DATA_DIR: join(home, "elsewhere") };
    const filled = await run(["restore", sealed], elsewhere);
    expect(filled).toEqual({ code: 1, said: expect.stringMatching(/database isn't empty: its table .* has rows/) });
  });

  it("opens to its key alone", async () => {
    await refused(sealed, "", /is encrypted\. Give its key/);
    await refused(sealed, "another long passphrase", /key doesn't fit/);
    await refused(plain, key, /isn't encrypted, though a key is given/);
    expect(await backup(join(home, "short"), "short")).toMatchObject({ code: 1 });
  });

  it("is refused where it was cut off or changed, also by somebody who packed it anew", async () => {
    const copy = (name: string, from: string) => {
      writeFileSync(join(home, name), readFileSync(from));
      return join(home, name);
    };
    const cut = copy("cut.sealed", sealed);
    truncateSync(cut, readFileSync(sealed).length - 1);
    await refused(cut, key, /cut off at byte/);
    const half = copy("half.tar.gz", plain);
    truncateSync(half, Math.floor(readFileSync(plain).length / 2));
    await refused(half, "", /damaged or cut off/);
    const text = gunzipSync(readFileSync(plain)).toString("latin1");
    const repacked = join(home, "repacked.tar.gz");
    writeFileSync(repacked, gzipSync(Buffer.from(text.replace("Be kind.", "Be cold."), "latin1")));
    await refused(repacked, "", /The table guideline has 1 rows that are not the 1 of the backup/);
    writeFileSync(repacked, gzipSync(Buffer.from(text.replace("weights weights", "weights Weights"), "latin1")));
    await refused(repacked, "", /model\.safetensors isn't that of the backup/);
    writeFileSync(repacked, gzipSync(Buffer.from(text.replaceAll("files/models/kept", "files/../../kept0"), "latin1")));
    await refused(repacked, "", /leads out of the files folder|damaged/);
    await refused(join(home, "data", "secret"), "", /is no backup of Touchstone/);
  });

  it("made by a newer version is refused by an older one", async () => {
    const newer = await freshDatabase();
    onTestFinished(() => newer.drop());
    const { pool, close } = openDatabase(newer.url);
    await pool.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count)
       VALUES ('later', 'x', '29991231000000_later', now(), 1)`,
    );
    await close();
    const file = join(home, "newer.tar.gz");
    expect(await backup(file, "", newer.url)).toMatchObject({ code: 0 });
    await refused(file, "", /29991231000000_later.*newer Touchstone.*made by version/);
  });

  it("overwrites nothing, and on a full disk says so and leaves nothing", async (context) => {
    const before = readFileSync(plain);
    const again = await backup(plain);
    expect(again).toEqual({ code: 1, said: expect.stringContaining("overwrites nothing") });
    expect(readFileSync(plain).equals(before)).toBe(true);
    const small = join(home, "small");
    mkdirSync(small);
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=4k", "tmpfs", small]);
    if (mounted.status !== 0) context.skip("a small file system can be mounted by root alone");
    try {
      const full = await backup(join(small, "file"), key);
      expect(full).toEqual({ code: 1, said: expect.stringContaining("the disk is full") });
      expect(readdirSync(small)).toEqual([]);
    } finally {
      spawnSync("umount", [small]);
    }
  });
});
