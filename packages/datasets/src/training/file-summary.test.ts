import { describe, expect, it } from "vitest";
import { unreadColumns } from "./columns-read.ts";
import { FileSummary } from "./file-summary.ts";
import { rowsOf } from "./rows-of.ts";
import { readTrainingLines } from "./training-lines.ts";

const judged = { annotator: "w1", annotator_hash: "w2", label_id: "j1", id: "j2" };
const asked = { prompt: "Why?", prompt_id: "p1", split: "test" };
const messages = [
  { role: "user", content: "Why?" },
  { role: "assistant", content: "So." },
];
const rated = (response: string, overall_score: number) => ({ response, overall_score });

/** A row of each kind with every column that says something to it, and one that says nothing. */
const full: readonly Record<string, unknown>[] = [
  { ...asked, ...judged, chosen: "So.", rejected: "No.", tie: true, both_bad: true, weight: 2 },
  { ...asked, ...judged, chosen: "So.", rejected: "No.", margin: 1, margin_step: 1 },
  { ...asked, ...judged, completions: ["So.", "No."], ranking: [1, 2], weight: 2 },
  { ...asked, ...judged, completion: "So.", score: 4, aspect: "honesty", weight: 2 },
  { ...asked, completion: "So.", label: true },
  { ...asked, completion: "So.", reward: 2 },
  { ...asked, completion: "So." },
  { messages, prompt_id: "p1", split: "test" },
  { messages: messages.slice(0, 1), prompt_id: "p1", split: "test" },
  asked,
  { text: "Once.", split: "test" },
  { instruction: "Why?", completions: [rated("So.", 2), rated("No.", 1)], split: "test" },
];

const read = (value: object) => rowsOf({ line: 1, value: { ...value } }, "train", { kind: "unit" });
const orWhy = (value: object) => {
  try {
    return read(value);
  } catch (error) {
    return String(error);
  }
};

describe("columns that nothing is taken from", () => {
  it.each(full)("are those, and only those, that make no difference to %j", (row) => {
    const value = { ...row, mood: "calm" };
    expect(unreadColumns({ line: 1, value }, read(value))).toEqual(["mood"]);
  });

  it.each(full)("are none whose loss would change %j", (row) => {
    for (const name of Object.keys(row)) {
      // What is looked at second, where another column says the same, makes a difference only without that one.
      const first = { annotator: "annotator_hash", id: "label_id" }[name] ?? "";
      const { [first]: _, ...rest } = row;
      const { [name]: __, ...without } = rest;
      expect(orWhy(without), name).not.toEqual(orWhy(rest));
    }
  });

  it("are none of a conversation that stands beside the empty columns of other rows", () => {
    const value = { messages, completion: null, chosen: null, text: null };
    expect(unreadColumns({ line: 1, value }, read(value))).toEqual([]);
  });

  it("are counted over a file beside what its rows are, a row of several kinds once", async () => {
    const rows = [...full, { text: "Twice.", mood: "calm" }, { text: "Thrice.", mood: null }];
    const summary = new FileSummary();
    async function* bytes() {
      yield new TextEncoder().encode(rows.map((row) => JSON.stringify(row)).join("\n"));
    }
    for await (const line of readTrainingLines(bytes(), "train")) summary.add(line);
    expect(summary.rows).toBe(14);
    expect(Object.fromEntries(summary.unread)).toEqual({ mood: 1 });
    expect(Object.fromEntries(summary.byKind())).toEqual({
      ...{ comparison: 3, ranking: 1, rating: 1, judged: 1, rewarded: 1, demonstration: 2, prompt: 2, text: 3 },
    });
    expect(summary.rowsOf(["comparison", "rating"])).toBe(4);
  });
});
