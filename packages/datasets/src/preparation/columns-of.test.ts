import { describe, expect, it } from "vitest";
import { jsonText } from "../read/json-text.ts";
import { columnsOf, preparedColumns } from "./columns-of.ts";
import { readItems } from "./read-items.ts";

async function read(rows: readonly object[]) {
  async function* file() {
    yield new TextEncoder().encode(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  }
  const items = [];
  for await (const item of readItems(file(), "a")) items.push(item);
  return items;
}

describe("rows that were prepared", () => {
  it("are read again as the rows they were, of every kind, ties and weights included, in the same tree", async () => {
    const question = [{ role: "user", content: "Why?" }];
    const rated = (response: string, overall_score: number) => ({ response, overall_score });
    const items = await read([
      { prompt: "Why?", chosen: "So.", rejected: "No.", id: "j1", margin: 1 / 3 },
      { chosen: "\n\nHuman: Why?\n\nAssistant: So.", rejected: "\n\nHuman: Why?\n\nAssistant: Human: No.", id: "j2" },
      { prompt: question, prompt_id: "p7", chosen: "So.", rejected: "No.", annotator: "w1", label_id: "j3" },
      { instruction: "Why?", completions: [rated("x", 2), rated("y", 5), rated("z", 2)] },
      { prompt: "Why?", completion: "So.", label: true },
      { prompt: "Why?", completion: "So.", score: 4.5, weight: 0.5, annotator: "w1", id: "j4" },
      { prompt: "Why?", completion: "So.", reward: -2.5 },
      { messages: [...question, { role: "assistant", content: "So." }] },
      { messages: question, cluster: "a debate" },
      { prompt: "Why?", message_tree_id: "tree 1" },
      { text: "Once upon a time." },
    ]);
    const again = await read(items.map(({ row, key }) => columnsOf(row, key)));
    expect(items).toHaveLength(13);
    // An AI's comparisons are turned so that the better answer comes first; whatever was said stays.
    const turned = items.map(({ row, key }) =>
      row.kind === "comparison" && row.outcome < 0
        ? { key, row: { ...row, a: row.b, b: row.a, outcome: -row.outcome } }
        : { key, row },
    );
    expect(again.map(({ row, key }) => ({ key, row }))).toEqual(turned);
    expect(items.map(({ key }) => key).slice(-3, -1)).toEqual(["a debate", "tree 1"]);
  });

  it("keep every other column and the margin as they came, digit by digit, and are given none", async () => {
    async function* file() {
      yield new TextEncoder().encode(
        '{"prompt":"Why?","chosen":"So.","rejected":"No.","margin":7.50,"id":12345678901234567890,"source":"web"}\n{"prompt":"Why?","chosen":"So.","rejected":"No."}\n{"prompt":[{"role":"system","content":""},{"role":"user","content":"Why?"}],"chosen":"So.","rejected":"No.","margin":0.5}\n',
      );
    }
    const items = [];
    for await (const item of readItems(file(), "a")) items.push(item);
    const lines = items.map(({ row, key, preserved }) => jsonText(preparedColumns(row, key, preserved.kept)));
    expect(lines[0]?.match(/"margin":/g)).toHaveLength(1);
    expect(lines[0]).toContain('"margin":7.50,');
    expect(lines[0]).toContain('"id":12345678901234567890,"source":"web"');
    expect(lines[1]).not.toContain("margin");
    expect(lines[1]).not.toContain("label_id");
    expect(lines[2]).toContain('"margin":0.5');
    expect(lines[2]).toContain('{"role":"system","content":""}');
    const again = await read(lines.map((line): object => JSON.parse(line)));
    expect(again.map(({ row }) => row.kind)).toEqual(["comparison", "comparison", "comparison"]);
  });

  it("state the strength that their file's margins gave them, also where the largest went to another split", async () => {
    const pairs = [9, 4, 1].map((margin) => ({ prompt: "Why?", chosen: "So.", rejected: "No.", margin }));
    const items = await read(pairs);
    const steps = (rows: typeof items) => rows.map(({ row }) => (row.kind === "comparison" ? row.outcome : null));
    expect(steps(items)).toEqual([3, 2, 1]);
    const smaller = items.slice(1).map(({ row, key, preserved }) => preparedColumns(row, key, preserved.kept));
    const again = await read(smaller);
    expect(steps(again)).toEqual([2, 1]);
    expect(again.flatMap(({ preserved }) => [...Object.keys(preserved.kept), ...preserved.lost])).toEqual([
      "margin",
      "margin",
    ]);
  });

  it("name the columns that a conversation taken apart can't keep beside it", async () => {
    const messages = [
      { role: "user", content: "Why?" },
      { role: "assistant", content: "So." },
    ];
    const [item] = await read([{ messages, score: 5, source: "web" }]);
    expect(item?.preserved).toEqual({ kept: { source: "web" }, lost: ["score"] });
  });

  it.each([
    [{ prompt: "Why?", chosen: "So.", rejected: "No.", tie: 1 }, /Line 1, tie: must be true or false/],
    [{ prompt: "Why?", chosen: "So.", rejected: "No.", weight: 0 }, /Line 1, weight: must be a number above 0/],
    [{ prompt: "Why?", cluster: 7.5e300, split: "dev" }, /Line 1, split: must be one of/],
  ])("refuses %j with line, column and cure", async (row, message) => {
    await expect(read([row])).rejects.toThrow(message);
  });
});
