import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { lockName } from "../files/lock.ts";
import { type Manifest, openRunDirectory as openDirectory, readManifest } from "./run-directory.ts";
import type { RunIdentity } from "./run-identity.ts";

let folder: string;
const openRunDirectory = (path: string, identity: string | RunIdentity) =>
  openDirectory(
    path,
    typeof identity === "string"
      ? { sha256: identity, earlier: "of before", rows: "read so", isEarlierPlain: true }
      : identity,
  );
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "run-directory-"));
});
afterEach(() => rm(folder, { recursive: true }));

const manifest = (state: Manifest["state"]) => ({
  state,
  engine: "an engine",
  fingerprint: "a machine",
  startedAt: "2026-01-01T00:00:00.000Z",
  seconds: 1,
  steps: 0,
  metrics: {},
  notes: [],
});

/** A run that got as far as that. */
async function leave(identity: string, state: Manifest["state"], checkpoint = false): Promise<void> {
  const directory = await openRunDirectory(folder, identity);
  await directory.writeManifest(manifest(state));
  await directory.write("data/text.parquet", "rows");
  if (checkpoint) await directory.writeCheckpoint(3, new Map([["checkpoint.json", new Uint8Array()]]));
  await directory.close();
}

test("a run killed before its manifest stood is begun again, and other files are left alone", async () => {
  await writeFile(join(folder, "manifest.json.draft"), "{");
  await mkdir(join(folder, "start"));
  await (await openRunDirectory(folder, "one")).close();
  await writeFile(join(folder, "notes.txt"), "mine");
  await expect(openRunDirectory(folder, "one")).rejects.toThrow("holds other files");
});

test("a run that failed before its first checkpoint makes room for the corrected one, and any other does not", async () => {
  await leave("mistaken", "failed");
  await leave("corrected", "failed", true);
  await expect(openRunDirectory(folder, "third")).rejects.toThrow("holds a run with other settings");
  const again = await openRunDirectory(folder, "corrected");
  expect(again.earlier).toMatchObject({ state: "failed" });
  expect(await again.checkpoints()).toEqual([3]);
  await again.close();
});

test.each([
  { state: "cancelled", checkpoint: true },
  { state: "done", checkpoint: false },
] as const)(
  "a run that is $state of the same files, read otherwise, is another one, and begins again if nothing is lost",
  async ({ state, checkpoint }) => {
    const readNow = { sha256: "one", earlier: "of before", rows: "read otherwise", isEarlierPlain: true };
    await leave("one", "running");
    const begun = await openRunDirectory(folder, readNow);
    expect([begun.earlier, existsSync(join(folder, "data"))]).toEqual([undefined, false]);
    await begun.close();
    await leave("one", state, checkpoint);
    const refusal = `${folder} holds a run of these very files by a version that read their rows otherwise. Name another --out`;
    await expect(openRunDirectory(folder, readNow)).rejects.toThrow(refusal);
    const same = await openRunDirectory(folder, "one");
    expect(same.earlier).toMatchObject({ state, rows: "read so" });
    await same.close();
  },
);

test("a run that was begun by a version which did not write down its rows keeps that until it is done", async () => {
  await leave("one", "cancelled", true);
  const { rows: _, ...unsaid } = JSON.parse(await readFile(join(folder, "manifest.json"), "utf8"));
  await writeFile(join(folder, "manifest.json"), JSON.stringify(unsaid));
  const directory = await openRunDirectory(folder, "one");
  await directory.writeManifest(manifest("running"));
  expect((await readManifest(folder))?.rows).toBeUndefined();
  await directory.writeManifest(manifest("done"));
  expect((await readManifest(folder))?.rows).toBe("read so");
  await directory.close();
});

test("two processes never write one run: the second is refused while the first lives, and takes over once it is dead", async () => {
  const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1_000)"]);
  const ended = new Promise((resolve) => other.on("exit", resolve));
  await writeFile(join(folder, lockName), `${other.pid}\n`);
  await expect(openRunDirectory(folder, "one")).rejects.toThrow(`Process ${other.pid} is at work in ${folder}`);
  other.kill("SIGKILL");
  await ended;
  const directory = await openRunDirectory(folder, "one");
  await directory.close();
  expect((await openRunDirectory(folder, "one")).earlier).toBeUndefined();
});

test("a process that ends at once, as at a second Ctrl-C, leaves neither its lock nor half a checkpoint", async () => {
  const [lock, files] = ["lock.ts", "folder.ts"].map((name) => new URL(`../files/${name}`, import.meta.url).href);
  const program = `
    import { lockFolder } from "${lock}";
    import { writeFolder } from "${files}";
    await lockFolder("${folder}");
    void writeFolder("${folder}/checkpoints/1", new Map([["weights", new Uint8Array(64_000_000)]]));
    const { existsSync } = await import("node:fs");
    while (!existsSync("${folder}/checkpoints/1.draft/weights")) await new Promise(setImmediate);
    process.exit(130);
  `;
  const ended = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", program]);
  expect({ code: ended.status, said: String(ended.stderr) }).toEqual({ code: 130, said: "" });
  expect(await readdir(folder)).toEqual(["checkpoints"]);
  expect(await readdir(join(folder, "checkpoints"))).toEqual([]);
});

test("an --out that is a file is refused in words", async () => {
  const file = join(folder, "file");
  await writeFile(file, "");
  await expect(openRunDirectory(file, "one")).rejects.toThrow(`${file} is a file. Name another --out: it is a folder.`);
});

test.each([
  ["done, of one file", "done", true, true],
  ["cancelled, of several files", "cancelled", false, true],
  ["done, of several files, any of which may have been held out", "done", false, false],
] as const)("a run of a version that wrote down no roles, %s", async (_, state, isEarlierPlain, isTaken) => {
  await leave("written before", state, true);
  const opened = openRunDirectory(folder, {
    sha256: "with roles",
    earlier: "written before",
    rows: "read so",
    isEarlierPlain,
  });
  if (!isTaken) {
    await expect(opened).rejects.toThrow("by a version that did not write down which of them were held out");
    return;
  }
  const directory = await opened;
  expect(directory.earlier).toMatchObject({ state });
  // Refused by its checkpoint, it can still be gone on with as what it was; done, it is this run.
  await directory.writeManifest(manifest("failed"));
  expect((await readManifest(folder))?.identity).toBe("written before");
  await directory.writeManifest(manifest("done"));
  expect((await readManifest(folder))?.identity).toBe("with roles");
  await directory.close();
});
