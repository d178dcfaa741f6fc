import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { readImport } from "../read-import.ts";
import { makeReceipt } from "../recognise/make-receipt.ts";
import { jsonLines } from "../write/json-lines.ts";
import { rowsAtOnce } from "./in-turns.ts";

const rows = Array.from({ length: 5_000 }, (_, nth) => ({ prompt: `p${nth}`, chosen: "good", rejected: `bad ${nth}` }));
const file = Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
const table = Buffer.from(`prompt,chosen,rejected\n${rows.map(({ prompt }) => `${prompt},good,bad\n`).join("")}`);
const list = Buffer.from(JSON.stringify(rows));
async function* chunksOf(bytes: Buffer) {
  yield bytes;
}

/** How often the event loop turns while something goes on. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let going = true;
  const count = () => {
    turns += 1;
    if (going) setImmediate(count);
  };
  setImmediate(count);
  await work();
  going = false;
  return turns;
}
async function drain(source: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of source);
}

describe("rows that are in memory already", () => {
  const leastTurns = Math.floor(rows.length / rowsAtOnce) - 1;

  it.each([
    ["JSON Lines", file],
    ["a table", table],
    ["a JSON array", list],
  ])("let the event loop turn while an import reads %s", async (_, bytes) => {
    const read = () => drain(readImport(chunksOf(bytes), { format: "trl-preference", margins: { kind: "unit" } }));
    expect(await turnsDuring(read)).toBeGreaterThanOrEqual(leastTurns);
  });

  it("let it turn while a receipt reads them, in both of its passes", async () => {
    const upload = { read: () => chunksOf(file), sha256: "0" };
    const receipt = () => makeReceipt(upload, { source: null, asked: null, overlap: 1 });
    expect(await turnsDuring(receipt)).toBeGreaterThanOrEqual(2 * leastTurns);
  });

  it("let it turn while an export writes them", async () => {
    const write = () => drain(jsonLines(Readable.from(rows)));
    expect(await turnsDuring(write)).toBeGreaterThanOrEqual(leastTurns);
  });
});
