import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UsageError } from "../usage-error.ts";
import { writeFolder, writeWhole } from "./folder.ts";
import { tryFolder } from "./make-folder.ts";
import { writing } from "./output-error.ts";
import { outputFile } from "./output-file.ts";
import { refuseInputAsOutput } from "./same-file.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "output-"));
  await mkdir(join(folder, "data"));
  await writeFile(join(folder, "data", "train.jsonl"), "{}");
  await symlink("data", join(folder, "link"));
  await symlink("nowhere/deep", join(folder, "dangling"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("places that can't be written", () => {
  it.each([
    ["below a file", "data/train.jsonl/x", /a part of it is a file/],
    ["below a link that leads nowhere", "dangling/x", /leads nowhere/],
    ["in a file system without folders of ours", "/proc/x/y", /no such place|may not write/],
  ])("are told in a sentence at once and leave nothing: %s", async (_, name, message) => {
    const place = name.startsWith("/") ? name : join(folder, name);
    await expect(tryFolder(place)).rejects.toThrow(message);
    await expect(writeFolder(place, new Map([["a", Buffer.from("x")]]))).rejects.toThrow(UsageError);
    expect((await readdir(folder)).sort()).toEqual(["dangling", "data", "link"]);
  });

  it("leave no draft where the content can't be moved to its place", async () => {
    await expect(writeWhole(join(folder, "data"), "x")).rejects.toThrow(UsageError);
    expect((await readdir(folder)).sort()).toEqual(["dangling", "data", "link"]);
  });

  it("are named for a file too, before the work", async () => {
    await expect(outputFile("--out", "/proc/x.jsonl")).rejects.toThrow(UsageError);
  });

  it("say that a file system is read-only", async () => {
    const failure = Object.assign(new Error("EROFS: read-only file system, open 'x'"), { code: "EROFS" });
    await expect(writing("x", () => Promise.reject(failure))).rejects.toThrow(
      "x can't be written: the file system is read-only. Name a place on another.",
    );
  });

  it("say that a disk is full", async () => {
    await expect(writing("x", () => writeFile("/dev/full", "x"))).rejects.toThrow(
      "x can't be written: the disk is full",
    );
  });
});

describe("an output that is read", () => {
  it.each([
    ["the file itself", "data/train.jsonl", "data/train.jsonl"],
    ["the file through a link", "link/train.jsonl", "data/train.jsonl"],
    ["the folder that the file lies in", "data", "data/train.jsonl"],
    ["that folder through a link", "link", "data/train.jsonl"],
    ["that folder, the file through a link", "data", "link/train.jsonl"],
  ])("is refused: %s", async (_, out, input) => {
    await expect(refuseInputAsOutput(join(folder, out), [join(folder, input)])).rejects.toThrow(
      /is read and would be replaced/,
    );
  });

  it("is none beside it", async () => {
    await refuseInputAsOutput(join(folder, "data", "scores.jsonl"), [join(folder, "data", "train.jsonl")]);
    await refuseInputAsOutput(join(folder, "dat"), [join(folder, "data", "train.jsonl")]);
  });
});
