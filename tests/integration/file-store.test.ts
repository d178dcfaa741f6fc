import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { type FileStore, LocalFileStore } from "@touchstone/persistence";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "touchstone-store-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Every adapter, each opened empty. */
const adapters: Record<string, () => FileStore> = { "a local folder": () => new LocalFileStore(join(folder, "files")) };

const bytes = (text: string) => new TextEncoder().encode(text);
async function read(store: FileStore, key: string, range?: { start: number; end: number }): Promise<string | null> {
  const found = await store.get(key, range);
  return found && (await buffer(found.stream)).toString();
}
async function keys(store: FileStore, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of store.list(prefix)) found.push(key);
  return found.sort();
}
async function* parts(...texts: string[]) {
  for (const text of texts) yield bytes(text);
}

describe.each(Object.entries(adapters))("the file store: %s", (_, open) => {
  it("gives back what was put, whole or a range of it, with the size of the whole", async () => {
    const store = open();
    expect(await store.put("media/w/p/one", bytes("0123456789"))).toBe(10);
    expect(await store.put("media/w/p/two", parts("ab", "", "cd"))).toBe(4);
    expect(await read(store, "media/w/p/one")).toBe("0123456789");
    expect(await read(store, "media/w/p/two")).toBe("abcd");
    expect(await read(store, "media/w/p/one", { start: 2, end: 4 })).toBe("234");
    expect(await read(store, "media/w/p/one", { start: 9, end: 9 })).toBe("9");
    const ranged = await store.get("media/w/p/one", { start: 0, end: 0 });
    expect(ranged?.bytes).toBe(10);
    ranged?.stream.destroy();
    await expect(store.get("media/w/p/one", { start: 5, end: 10 })).rejects.toThrow(RangeError);
    await expect(store.get("media/w/p/one", { start: 3, end: 2 })).rejects.toThrow(RangeError);
  });

  it("keeps an empty file, and says of what is not there that it is not", async () => {
    const store = open();
    await store.put("empty", bytes(""));
    expect(await read(store, "empty")).toBe("");
    expect(await store.get("absent")).toBeNull();
    expect(await store.get("empty/below")).toBeNull();
    expect(await keys(store, "absent")).toEqual([]);
    await store.remove("absent");
    await store.removePrefix("absent");
  });

  it("replaces what a key had, and while that breaks off keeps it", async () => {
    const store = open();
    await store.put("a", bytes("first"));
    async function* broken() {
      yield bytes("sec");
      throw new Error("the upload broke off");
    }
    await expect(store.put("a", broken())).rejects.toThrow("broke off");
    await expect(store.put("b", broken())).rejects.toThrow("broke off");
    expect(await read(store, "a")).toBe("first");
    expect(await store.get("b")).toBeNull();
    await store.put("a", bytes("second"));
    expect(await read(store, "a")).toBe("second");
    expect(await keys(store.within("x"), "y")).toEqual([]);
  });

  it("lists and removes what is below a prefix and nothing beside it", async () => {
    const store = open();
    for (const key of ["runs/1/a", "runs/1/b/c", "runs/10/a", "runs/2"]) await store.put(key, bytes(key));
    expect(await keys(store, "runs/1")).toEqual(["runs/1/a", "runs/1/b/c"]);
    await store.remove("runs/1/a");
    expect(await keys(store, "runs/1")).toEqual(["runs/1/b/c"]);
    await store.removePrefix("runs/1");
    expect(await keys(store, "runs")).toEqual(["runs/10/a", "runs/2"]);
  });

  it("keeps nothing of what was being written below a prefix as it was removed: an erasure is not undone by a slow writer", async () => {
    const store = open();
    async function* slow() {
      yield bytes("said by ");
      await store.removePrefix("label-sets/set");
      yield bytes("somebody");
    }
    await expect(store.put("label-sets/set/1/file", slow())).rejects.toThrow();
    expect(await keys(store, "label-sets")).toEqual([]);
  });

  it("fences a prefix: keys begin after it, and none leaves it", async () => {
    const store = open();
    await store.put("secret", bytes("secret"));
    const fenced = store.within("media").within("w");
    await fenced.put("p/one", bytes("1"));
    expect(await read(store, "media/w/p/one")).toBe("1");
    expect(await read(fenced, "p/one")).toBe("1");
    expect(await keys(fenced, "p")).toEqual(["p/one"]);
    const outside = [
      "..",
      "../secret",
      "../../secret",
      "p/../../../secret",
      "/secret",
      "//secret",
      "p//one",
      "",
      ".",
      "p/.",
      "a\0b",
      "a\\..\\b",
      "a\nb",
      "é",
      `${"x/".repeat(600)}x`,
    ];
    for (const [of, one] of [
      [fenced, "fenced"],
      [store, "whole"],
    ] as const) {
      for (const key of outside) {
        const said = `${one} ${JSON.stringify(key)}`;
        await expect(of.put(key, bytes("x")), said).rejects.toThrow(RangeError);
        await expect(of.get(key), said).rejects.toThrow(RangeError);
        await expect(of.remove(key), said).rejects.toThrow(RangeError);
        await expect(of.removePrefix(key), said).rejects.toThrow(RangeError);
        await expect(keys(of, key), said).rejects.toThrow(RangeError);
        expect(() => of.within(key), said).toThrow(RangeError);
      }
    }
    expect(await read(store, "secret")).toBe("secret");
  });
});

describe("a local folder as a file store", () => {
  it("follows no link out of the folder, of a file or of a folder, to read or to write", async () => {
    const root = join(folder, "files");
    const elsewhere = join(folder, "elsewhere");
    await mkdir(join(root, "media"), { recursive: true });
    await mkdir(elsewhere);
    await writeFile(join(elsewhere, "secret"), "secret");
    await symlink(join(elsewhere, "secret"), join(root, "media", "link"));
    await symlink(elsewhere, join(root, "linked"));
    const store = new LocalFileStore(root);
    await expect(store.get("media/link")).rejects.toThrow();
    await expect(store.get("linked/secret")).rejects.toThrow();
    await expect(store.put("linked/new", bytes("x"))).rejects.toThrow();
    expect(await readdir(elsewhere)).toEqual(["secret"]);
    expect(await keys(store, "media")).toEqual([]);
  });

  it("leaves nothing of a write that broke off, and lists none that is under way", async () => {
    const root = join(folder, "files");
    const store = new LocalFileStore(root);
    async function* broken() {
      yield bytes("half");
      expect(await keys(store, "media")).toEqual([]);
      throw new Error("broke off");
    }
    await expect(store.put("media/a", broken())).rejects.toThrow("broke off");
    expect(await readdir(join(root, "media"))).toEqual([]);
    await writeFile(join(root, "media", "b.5f3c.draft"), "left by somebody who was killed");
    await store.put("media/c", bytes("c"));
    await store.sweep("media");
    expect(await readdir(join(root, "media"))).toEqual(["c"]);
    await expect(store.put("media/a.draft", bytes("x"))).rejects.toThrow(RangeError);
  });
});
