import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openRows, readRows } from "./read-rows.ts";

async function* pieces(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let start = 0;
  for (let piece = 0; start < bytes.length; piece += 1) {
    const end = start + (sizes[piece % sizes.length] ?? bytes.length);
    yield bytes.subarray(start, end);
    start = end;
  }
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

const read = (file: string | Uint8Array, sizes: readonly number[] = [7]) =>
  all(readRows(pieces(typeof file === "string" ? Buffer.from(file) : file, sizes)));

const kindOf = async (file: string | Uint8Array) =>
  (await openRows(pieces(typeof file === "string" ? Buffer.from(file) : file, [5]))).kind;

type Cell = string | null;
const quoted = (cell: Cell) => (cell === null ? "" : `"${cell.replaceAll('"', '""')}"`);
const table = (delimiter: string, end: string) => (rows: readonly (readonly Cell[])[]) =>
  rows.map((cells) => cells.map(quoted).join(delimiter) + end).join("");
const columns = ["prompt", "chosen; or, “a\tb”", "2"];
const withHeader = (write: (rows: readonly (readonly Cell[])[]) => string) => (rows: readonly (readonly Cell[])[]) =>
  write([columns, ...rows]);
const objects = (rows: readonly (readonly Cell[])[]) =>
  rows.map((cells) => Object.fromEntries(columns.map((name, index) => [name, cells[index] ?? null])));

/** Every layout that is read, written by something other than what reads it. */
const writers: Readonly<Record<string, (rows: readonly (readonly Cell[])[]) => string>> = {
  "JSON Lines": (rows) =>
    objects(rows)
      .map((row) => `${JSON.stringify(row)}\r\n`)
      .join(""),
  "a JSON array": (rows) => JSON.stringify(objects(rows)),
  "a JSON array over lines": (rows) => JSON.stringify(objects(rows), null, 2),
  "objects over lines": (rows) =>
    objects(rows)
      .map((row) => `${JSON.stringify(row, null, 1)}\n`)
      .join(""),
  CSV: withHeader(table(",", "\r\n")),
  "CSV with semicolons": withHeader(table(";", "\n")),
  TSV: withHeader(table("\t", "\n")),
};

/** Tables keep a formula from being reckoned by an apostrophe, of which the reader takes one off. */
const withoutGuards = (cells: readonly Cell[]) => cells.map((cell) => cell?.replace(/^'(?='*[=+\-@\t\r])/, "") ?? null);

describe.each(Object.entries(writers))("%s", (name, write) => {
  const isTable = /^(CSV|TSV)/.test(name);
  it("comes back equal, in whatever pieces it arrives, packed or not, in UTF-8 or UTF-16", async () => {
    const cell = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.string(),
      fc.constant(null),
      fc.constant('a "b",\r\n;\tc'),
    );
    const rows = fc.array(fc.tuple(fc.string({ minLength: 1 }), cell, cell), { minLength: 1, maxLength: 8 });
    const form = fc.constantFrom("utf-8", "marked", "utf-16", "gzip");
    const sizes = fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(rows, form, sizes, async (cells, how, cuts) => {
        const text = write(cells);
        const plain = Buffer.from(how === "marked" ? `\uFEFF${text}` : text);
        const utf16 = Buffer.from(`\uFEFF${text}`, "utf16le");
        const packed = how === "gzip" ? gzipSync(plain) : plain;
        const back = await read(how === "utf-16" ? utf16 : packed, cuts);
        expect(back.map(({ value }) => value)).toEqual(objects(isTable ? cells.map(withoutGuards) : cells));
        const lines = text.split("\n");
        for (const { line } of back) expect(lines[line - 1]).toBeDefined();
      }),
      { numRuns: 60, examples: [[[["'+ ", "'+ ", null]], "utf-8", [7]]] },
    );
  });
});

describe("recognising a file by its content", () => {
  it.each([
    ['{"a":1}\n', { layout: "json-lines", container: "plain", encoding: "utf-8" }],
    [gzipSync('[{"a":1}]'), { layout: "json-array", container: "gzip" }],
    ['{\n  "a": 1\n}', { layout: "json-objects" }],
    ["a,b\n1,2\n", { layout: "csv", delimiter: "," }],
    ['"a";"b"\n"1,5";"2,5"\n', { layout: "csv", delimiter: ";" }],
    ['"a\nc"|b\n"1\n\n2"|2\n', { layout: "csv", delimiter: "|" }],
    ["sep=;\na;b\n1;2\n", { layout: "csv", delimiter: ";" }],
    [Buffer.from("\uFEFFa\tb\r\n1\t2\r\n", "utf16le"), { layout: "tsv", delimiter: "\t", encoding: "utf-16le" }],
    ["prompt\nName a moon.\n", { layout: "csv" }],
  ])("%j", async (file, kind) => {
    expect(await kindOf(file)).toMatchObject(kind);
  });

  it("takes what is no JSON for one text where texts are wanted, and still reads JSON Lines there", async () => {
    const text = async (file: string | Buffer) =>
      all((await openRows(pieces(Buffer.from(file), [3]), { mayBeText: true })).rows);
    expect(await text("One, two,\nthree, four.\n")).toEqual([
      { line: 1, value: { text: "One, two,\nthree, four.\n" } },
    ]);
    expect(await text('{"text":"x"}\n')).toEqual([{ line: 1, value: { text: "x" } }]);
    expect(await text(" \n")).toEqual([]);
    // “天空是什么颜色…” in GBK, which must not become U+FFFD.
    const gbk = Buffer.from("ccecbfd5cac7cab2c3b4d1d5c9aba3acc0b6c9abb5c4ccecbfd5badcc3c0c0f6", "hex");
    await expect(text(gbk)).rejects.toThrow(/GBK/);
    await expect(text(gzipSync(gbk))).rejects.toThrow(/GBK/);
  });

  it.each([
    ["Zstandard", Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0])],
    ["zip archive", Buffer.from("PK\u0003\u0004abc")],
    ["Excel workbook", Buffer.from("PK\u0003\u0004abc[Content_Types].xml")],
    ["Parquet", Buffer.from("PAR1\u0000\u0000")],
    ["Parquet", gzipSync("PAR1\u0000\u0000")],
    ["bzip2", Buffer.from("BZh91AY&SY")],
    ["xz", Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0])],
    ["Arrow", Buffer.from("ARROW1\u0000\u0000")],
    ["pickle", Buffer.from([0x80, 4, 0x95, 0])],
    ["PDF", Buffer.from("%PDF-1.7")],
    ["web page", Buffer.from("\n<!DOCTYPE html><html>")],
    ["Git LFS", Buffer.from("version https://git-lfs.github.com/spec/v1\noid sha256:1")],
    ["UTF-32", Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0])],
    ["binary", Buffer.from([0x61, 0, 0, 0, 0, 0, 1])],
    ["Latin-1", Buffer.from('{"a":1}\n{"a":"café à la crème où été"}\n', "latin1")],
    ["neither JSON Lines, a JSON array, CSV nor TSV", Buffer.from("Hello world.\nAnd more\nand, yes, more\n")],
  ])("refuses %s by name", async (name, file) => {
    await expect(read(file)).rejects.toMatchObject({ code: "invalid_line", message: expect.stringContaining(name) });
  });
});

describe("line numbers", () => {
  it("are those where each row begins", async () => {
    const lines = async (file: string) => (await read(file, [3])).map(({ line }) => line);
    expect(await lines('[\n {"a":1},\n\n {\n"a":2}\n,{"a":3}]')).toEqual([2, 4, 6]);
    expect(await lines('a,b\n"1\n1",2\n\n"3",4\n5,"6\r\n\n"\n7,8')).toEqual([2, 5, 6, 9]);
    expect(await lines("sep=;\r\na;b\r\n1;2\r\n")).toEqual([3]);
    expect(await lines("a,b\r1,2\r3,4")).toEqual([2, 3]);
  });

  it.each([
    ["a trailing comma", '{"a":1},\n', /Line 1: .*a comma follows its end/],
    ["single quotes", "{'a': 'b'}\n", /Line 1: .*single quotes.*json\.dumps/],
    ["NaN", '{"a":NaN}\n', /Line 1: .*NaN.*null/],
    ["Python's words", '{"a":None}\n', /Line 1: .*null, true or false/],
    ["a comma before a bracket", '{"a":1,}\n', /Line 1: .*comma stands before/],
    ["two rows on a line", '{"a":1}{"a":2}\n', /Line 1: .*line of its own/],
    ["a tab in a text", '{"a":"x\ty"}\n', /Line 1: .*control character/],
    ["a cut-off row", '{"a":1}\n{"a":', /Line 2: .*breaks off/],
    ["an array that ends after a comma", '[{"a":1},\n]', /Line 2: .*Remove that comma/],
    ["an array without a comma", '[{"a":1}\n{"a":2}]', /Line 2: .*no comma/],
    ["an array that never ends", '[{"a":1}\n', /array.*cut off/],
    ["an array of numbers", "[1,2]", /Line 1: .*not an object/],
    ["something after the array", '[{"a":1}]\n{"a":2}', /Line 2: .*after the end/],
    ["a name twice", '{"prompt":"first","prompt":"second"}', /Line 1, prompt: stands twice/],
    ["endless nesting", `{"a":${"[".repeat(100_000)}${"]".repeat(100_000)}}`, /nested more than 500/],
    ["a row of commas", `a,b\n1,2\n${",".repeat(2_000_000)}\n`, /Line 3: has more than 10000 cells/],
    ["a ragged row", "a,b\n1,2\n1,2,3\n4,5\n", /Line 3: has 3 cells where the header has 2 \(a, b\)/],
    ["a column named twice", "a,b,a\n1,2,3\n", /Line 1, a: names two columns/],
    ["a header alone", "a,b\n", /header \(a, b\) and no rows/],
    ["a quote that never closes", 'a,b\n1,2\n"1,2\n4,5\n', /Line 3: opens a double quote/],
    ["a quote within a cell", 'a,b\n1,2\n5" disk,2\n', /Line 3: has a double quote within/],
  ])("name the line of %s, and the cure", async (_, file, message) => {
    await expect(read(file)).rejects.toMatchObject({ code: "invalid_line", message: expect.stringMatching(message) });
  });

  it("never repeat what stands in a bad row", async () => {
    for (const file of ['{"secret": private}', "{'private': 1}", 'a,b\n"private"x,1\n']) {
      await expect(read(file)).rejects.toThrow(/^(?!.*private)/);
    }
  });
});

describe("numbers", () => {
  it("keep their digits where a double would change them", async () => {
    const [row] = await read('{"id":12345678901234567890,"x":[1.0,1e400,-0],"n":1.5,"t":"2.0","__proto__":1.0}');
    const { id, x, n, t } = row?.value ?? {};
    expect([String(id), Array.isArray(x) ? x.map(String) : x, n, t]).toEqual([
      "12345678901234567890",
      ["1.0", "1e400", "-0"],
      1.5,
      "2.0",
    ]);
    expect(Object.keys(row?.value ?? {})).toContain("__proto__");
  });
});
