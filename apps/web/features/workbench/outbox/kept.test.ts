import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";

const Shape = z.object({ comment: z.string(), flagged: z.boolean().default(false) });

/** What the browser keeps, as the build of this name does it. */
async function build(name: string | undefined) {
  vi.resetModules();
  vi.stubEnv("PAGES_BUILD", name);
  const { readKept, toKeep } = await import("./kept.ts");
  const shape = vi.fn(async () => Shape);
  return { read: (value: unknown) => readKept(value, shape), toKeep, shape };
}

describe("what is kept in the browser", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("is read without any schema by the build that put it there", async () => {
    const { read, toKeep, shape } = await build("monday");
    expect(await read(toKeep({ comment: "rude", flagged: true }))).toMatchObject({ comment: "rude", flagged: true });
    expect(await read(undefined)).toBeUndefined();
    expect(shape).not.toHaveBeenCalled();
  });

  it("is parsed when another build, or one that left no mark, put it there", async () => {
    const monday = await build("monday");
    const left = monday.toKeep({ comment: "rude" });
    const tuesday = await build("tuesday");
    expect(await tuesday.read(left)).toEqual({ comment: "rude", flagged: false });
    expect(await tuesday.read({ comment: "rude" })).toEqual({ comment: "rude", flagged: false });
    expect(await tuesday.read({ comment: 7 })).toBeUndefined();
    expect(await tuesday.read("rude")).toBeUndefined();
  });

  it("is never taken on trust where builds have no name", async () => {
    const { read, toKeep } = await build(undefined);
    const kept = toKeep({ comment: "rude" });
    expect(kept).toEqual({ comment: "rude" });
    expect(await read({ ...kept, keptBy: undefined })).toEqual({ comment: "rude", flagged: false });
  });
});
