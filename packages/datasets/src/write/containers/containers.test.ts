import { gunzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { parquetReadObjects } from "hyparquet";
import { expect, it } from "vitest";
import { openRows } from "../../read/read-rows.ts";
import { type Column, columnsFrom, type ExportedRow } from "./column.ts";
import { csv } from "./csv.ts";
import { gzipped } from "./gzip.ts";
import { parquet } from "./parquet.ts";

async function* each<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

async function bytesOf(chunks: AsyncIterable<Uint8Array | string>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of chunks) parts.push(Buffer.from(chunk));
  return Buffer.concat(parts);
}

async function readParquet(rows: readonly ExportedRow[], columns: readonly Column[]) {
  const file = await bytesOf(parquet(each(rows), columns));
  return parquetReadObjects({ file: new Uint8Array(file).buffer });
}

const turns = { list: { fields: { role: "text", content: "text" } } } as const;
const columns = columnsFrom({
  ...{ name: "text", score: "number", place: "integer", good: "boolean", turns, extra: "json" },
  ranks: { list: "integer" },
});
const text = fc.string({ unit: "grapheme", maxLength: 12 });
const turn = fc.record({ role: fc.constantFrom("user", "assistant"), content: text });
const row = fc.record({
  name: fc.option(text),
  score: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
  place: fc.option(fc.integer({ min: -100, max: 100 })),
  good: fc.option(fc.boolean()),
  turns: fc.array(turn, { maxLength: 3 }),
  ranks: fc.array(fc.option(fc.integer({ min: 1, max: 9 })), { maxLength: 4 }),
  extra: fc.option(fc.record({ a: text })),
});

it("reads back from Parquet what was written, nested lists and nulls too", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 8 }), async (rows) => {
      const read = await readParquet(rows, columns);
      const wanted = rows.map((one) => ({ ...one, extra: one.extra === null ? null : JSON.stringify(one.extra) }));
      expect(read.map(plain)).toEqual(wanted.map(plain));
    }),
    { seed: 15, numRuns: 100 },
  );
});

/** Absent and null are one to a table, and −0 is 0 to nobody who reads a file. */
const plain = (value: object) => JSON.parse(JSON.stringify(value, (_, one: unknown) => one ?? null));

it("writes Parquet a row group at a time, and of no row a table with its columns", async () => {
  const long = { name: "x".repeat(2_000_000) };
  let pulled = 0;
  async function* rows() {
    for (; pulled < 30; pulled += 1) yield long;
  }
  const file = parquet(rows(), columns.slice(0, 1));
  await file.next();
  expect(pulled).toBeLessThan(12);
  await file.return(undefined);
  expect(await readParquet([], columns)).toEqual([]);
});

it("reads back from CSV what was written: quotes, line ends, commas", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 8 }), async (rows) => {
      const file = await bytesOf(csv(each(rows), columns));
      const read: Record<string, string>[] = parse(file, { columns: true });
      expect(read.map(({ name, score }) => [name, score])).toEqual(
        rows.map(({ name, score }) => [guarded(name ?? ""), score === null ? "" : String(score)]),
      );
      expect(read.map(({ turns: said = "" }) => JSON.parse(said))).toEqual(rows.map((one) => one.turns));
    }),
    { seed: 15, numRuns: 100 },
  );
});

const guarded = (value: string) => (/^'*[=+\-@\t\r]/.test(value) ? `'${value}` : value);

it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "'+ ", "''@a"])(
  "gives a text that begins as a formula an apostrophe, which is taken off again and told: %j",
  async (name) => {
    const file = await bytesOf(csv(each([{ name, score: -1 }]), columns));
    const [read] = parse(file, { columns: true });
    expect(read).toMatchObject({ name: `'${name}`, score: "-1" });
    const told: number[] = [];
    const { rows } = await openRows(each([file]), { onApostrophe: (line) => told.push(line) });
    for await (const { value } of rows) expect(value).toMatchObject({ name, score: "-1" });
    expect(told).toEqual([2]);
  },
);

it("tells an empty text from nothing, and keeps an answer that is JSON a text", async () => {
  const answers = columnsFrom({ prompt: "text", chosen: "text", rejected: "text", ranks: { list: "integer" } });
  const given = [
    { prompt: "p", chosen: "", rejected: null, ranks: [1, null] },
    { prompt: '[{"role":"user","content":"q"}]', chosen: '{"a":1}', rejected: "[1, 2]", ranks: null },
    { prompt: "[1", chosen: '[{"a":1}]', rejected: "{}", ranks: [12345678901234] },
  ];
  const { rows } = await openRows(each([await bytesOf(csv(each(given), answers))]));
  const read = [];
  for await (const { value } of rows) read.push(value);
  // The one text that can only be meant as a conversation is one.
  expect(read).toEqual([given[0], { ...given[1], prompt: [{ role: "user", content: "q" }] }, given[2]]);
});

it.each([csv, parquet])("loses no column that was not declared: it fails", async (write) => {
  await expect(bytesOf(write(each([{ name: "a", unknown: 1 }]), columns))).rejects.toThrow("unknown");
});

it("compresses with gzip as it is read, and passes on how its source fails", async () => {
  const chunks = Array.from({ length: 50 }, (_, place) => Buffer.from(`line ${place}\n`.repeat(1_000)));
  const packed = await bytesOf(gzipped(each(chunks)));
  expect(gunzipSync(packed).equals(Buffer.concat(chunks))).toBe(true);
  async function* broken() {
    yield Buffer.from("a");
    throw new Error("The source broke off.");
  }
  await expect(bytesOf(gzipped(broken()))).rejects.toThrow("broke off");
});
