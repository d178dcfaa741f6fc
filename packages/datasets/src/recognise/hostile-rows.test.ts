import { describe, expect, it } from "vitest";
import type { ImportSource } from "../formats/import-source.ts";
import { parseMapping } from "../formats/mapping.ts";
import { makeReceipt } from "./make-receipt.ts";

const columns = (mapping: object): ImportSource => ({
  format: "columns",
  mapping: parseMapping(JSON.stringify(mapping)),
});
const repeated = <T>(times: number, make: (at: number) => T): T[] => Array.from({ length: times }, (_, at) => make(at));

/** Enough of everything to tell apart; a step for each pair of them takes minutes. */
const many = 400_000;
const digits = `${"1".repeat(many)}x`;
/** As long as one text may be. */
const longest = 100_000;
const grades = Object.fromEntries(repeated(1_500, (at) => [`${at}`, 1]));

/** Files of some hundred kilobytes to some megabytes, and what their receipt says of them. */
const files: [string, () => { text: string; source?: ImportSource }, object][] = [
  [
    "a margin of many digits that is no number in the end",
    () => ({ text: JSON.stringify({ prompt: "p", chosen: "a", rejected: "b", margin: digits }) }),
    { receipt: { counts: { badRows: 1 } } },
  ],
  [
    "a score of many digits that is none in the end",
    () => ({
      text: JSON.stringify({ p: "p", c: "a", s: digits }),
      source: columns({ prompt: "p", completion: "c", score: "s" }),
    }),
    { receipt: { counts: { badRows: 1 } } },
  ],
  [
    "a table with as many columns as there may be",
    () => {
      const row = (cell: (at: number) => string) => repeated(10_000, cell).join(",");
      return { text: `${row((at) => `c${at}`)}\n${row(() => "1")}\n`.concat(row(() => "x".repeat(100))) };
    },
    { receipt: { counts: { rows: 2 } } },
  ],
  [
    "pairs that begin with one long text without line breaks",
    () => {
      const row = { chosen: `${"t".repeat(longest - 1)}a`, rejected: `${"t".repeat(longest - 1)}b` };
      const source: ImportSource = { format: "trl-preference" };
      return { text: repeated(20, () => JSON.stringify(row)).join("\n"), source };
    },
    { receipt: { counts: { badRows: 20 } } },
  ],
  [
    "a long conversation with ten thousand answers",
    () => {
      const prompt = repeated(20, () => ({ role: "user", content: "p".repeat(longest) }));
      return { text: JSON.stringify({ messages: prompt, completions: repeated(10_000, String) }) };
    },
    { receipt: { counts: { prompts: 1, answers: 10_000, tasks: 10_000, badRows: 0 } } },
  ],
  [
    "many votes by a mapping of many values",
    () => {
      const row = { q: "p", x: "a", y: "b", v: repeated(30_000, () => ({ said: 1_499 })) };
      const votes = { list: "v", value: "said" };
      const source = columns({ prompt: "q", a: "x", b: "y", votes, values: { a: [], b: [], tie: [], grades } });
      return { text: repeated(4, (at) => JSON.stringify({ ...row, q: `p${at}` })).join("\n"), source };
    },
    { receipt: { counts: { votes: 120_000, badRows: 0 } } },
  ],
];

// A step for each pair of letters, names, answers or values would not end within the time of a test.
describe("a receipt takes work by the bytes of its file", () => {
  it.each(files)("%s", async (_, make, expected) => {
    const { text, source = null } = make();
    async function* read() {
      yield Buffer.from(`${text}\n`);
    }
    const recognition = await makeReceipt({ read, sha256: "of this file" }, { source, asked: null, overlap: 1 });
    expect(recognition).toMatchObject(expected);
  });
});
