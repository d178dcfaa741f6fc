import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decompress } from "./decompress.ts";
import { readJsonLines } from "./json-rows.ts";
import { readLines } from "./lines.ts";

async function* chunks(bytes: Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const utf8 = (text: string) => Buffer.from(text, "utf8");

describe("reading lines", () => {
  it("gives the same rows whatever the size of the chunks, plain or gzipped", async () => {
    const rows = fc.array(fc.dictionary(fc.string(), fc.string({ unit: "binary" })), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(rows, fc.integer({ min: 1, max: 40 }), fc.boolean(), async (values, size, zip) => {
        const file = utf8(values.map((value) => `${JSON.stringify(value)}\n`).join(""));
        const read = await all(readJsonLines(decompress(chunks(zip ? gzipSync(file) : file, size))));
        expect(read.map(({ value }) => JSON.stringify(value))).toEqual(values.map((value) => JSON.stringify(value)));
        expect(read.map(({ line }) => line)).toEqual(values.map((_, index) => index + 1));
      }),
    );
  });

  it("takes a byte order mark, CRLF, blank lines and a missing last newline, and counts lines as editors do", async () => {
    const read = await all(readJsonLines(chunks(utf8('\uFEFF{"a":1}\r\n\r\n{"a":"…é诗"}'))));
    expect(read).toEqual([
      { line: 1, value: { a: 1 } },
      { line: 3, value: { a: "…é诗" } },
    ]);
  });

  it.each([
    ["cut-off JSON", utf8('{"a":1}\n{"a":'), /Line 2: is not valid JSON/],
    ["a number", utf8('{"a":1}\n7'), /Line 2: is not a JSON object/],
    ["broken UTF-8", Buffer.concat([utf8('{"a":1}\n{"a":"'), Buffer.from([0xc3, 0x28])]), /Line 2: is not valid UTF-8/],
  ])("names the line of %s", async (_, file, message) => {
    await expect(all(readJsonLines(chunks(file)))).rejects.toMatchObject({
      code: "invalid_line",
      message: expect.stringMatching(message),
    });
  });

  it("never repeats the content of a bad line, which may be private", async () => {
    await expect(all(readJsonLines(chunks(utf8('{"secret": very private}'))))).rejects.toThrow(/^(?!.*private)/);
  });

  it("refuses a line that would fill the memory before it ends", async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (;;) yield Buffer.alloc(1024, "x");
    }
    await expect(all(readLines(endless(), 100_000))).rejects.toThrow(/Line 1: is longer than 100000 bytes/);
  });
});

describe("decompressing", () => {
  const limits = { maximumBytes: 1_000_000, maximumRatio: 100, ratioFrom: 10_000 };

  it("stops a gzip bomb at the limit, having read only a little of it", async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000));
    await expect(all(decompress(chunks(bomb, 1000), limits))).rejects.toMatchObject({ code: "body_too_large" });
  });

  it("stops a plain file at the limit", async () => {
    await expect(all(decompress(chunks(Buffer.alloc(1_000_001), 9999), limits))).rejects.toMatchObject({
      code: "body_too_large",
    });
  });

  it("says that a gzip file is cut off", async () => {
    const whole = gzipSync(utf8('{"a":1}\n'.repeat(5000)));
    await expect(all(decompress(chunks(whole.subarray(0, whole.length - 20))))).rejects.toMatchObject({
      code: "invalid_line",
      message: expect.stringContaining("damaged or cut off"),
    });
  });

  it("passes on the error of a source that breaks off, as it is", async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield gzipSync(utf8("x".repeat(1000))).subarray(0, 12);
      throw new Error("the client went away");
    }
    await expect(all(decompress(broken()))).rejects.toThrow("the client went away");
  });
});
