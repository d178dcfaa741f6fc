import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ImportRow } from "../import-row.ts";
import { readImport } from "../read-import.ts";
import { makeReceipt } from "./make-receipt.ts";

interface Item {
  readonly prompt: string;
  readonly answers: readonly string[];
  /** Which answer won: a, b or tie. */
  readonly vote: "a" | "b" | "tie";
}

interface Layout {
  readonly name: string;
  readonly answers: 1 | 2 | 4;
  /** Whether it brings votes along. */
  readonly votes: boolean;
  readonly row: (item: Item) => object;
}

const numberOf = { a: 1, b: 2, tie: 0 } as const;
const wide = (names: readonly string[], { answers }: Item) =>
  Object.fromEntries(names.map((name, index) => [name, answers[index]]));
const user = (content: string) => ({ role: "user", content });
const assistant = (content: string | undefined) => ({ role: "assistant", content });
const sorted = ({ answers, vote }: Item) => (vote === "b" ? [answers[1], answers[0]] : [answers[0], answers[1]]);

const votedPairs: [string, string, readonly [string, string], string, (vote: Item["vote"]) => unknown][] = [
  ["response_a/b, winner", "prompt", ["response_a", "response_b"], "winner", (vote) => vote],
  [
    "model_a_response",
    "Query",
    ["model_a_response", "model_b_response"],
    "winner",
    (vote) => (vote === "tie" ? "tie" : `model_${vote}`),
  ],
  ["response1/2, numbers", "instruction", ["response1", "response2"], "annotator1", (vote) => numberOf[vote]],
  ["answer_a/b, capitals", "question", ["Answer A", "Answer B"], "Preference", (vote) => vote.toUpperCase()],
  ["output_1/2", "title", ["output_1", "output_2"], "choice", (vote) => numberOf[vote]],
  ["completion_a/b", "user_input", ["completion_a", "completion_b"], "label", (vote) => vote],
  ["human_ref_A/B", "history", ["human_ref_A", "human_ref_B"], "preferred", (vote) => vote],
  ["graded", "prompt", ["response_1", "response_2"], "preference_strength", (vote) => ({ a: -2, b: 2, tie: -1 })[vote]],
  ["中文", "提示词", ["回答1", "回答2"], "偏好", (vote) => ({ a: "甲", b: "乙", tie: "差不多" })[vote]],
  ["a and b", "context", ["a", "b"], "verdict", (vote) => vote],
  ["unclear numbers", "prompt", ["response_a", "response_b"], "label", (vote) => numberOf[vote]],
  ["own names", "ask", ["left_text", "right_text"], "pick", (vote) => vote],
];

const layouts: Layout[] = [
  ...votedPairs.map(
    ([name, prompt, names, column, say]): Layout => ({
      name,
      answers: 2,
      votes: true,
      row: (item) => ({ [prompt]: item.prompt, ...wide(names, item), [column]: say(item.vote) }),
    }),
  ),
  {
    name: "chosen/rejected",
    answers: 2,
    votes: true,
    row: (item) => ({ prompt: item.prompt, chosen: sorted(item)[0], rejected: sorted(item)[1] }),
  },
  {
    name: "system + question",
    answers: 2,
    votes: true,
    row: (item) => ({ system: "Be brief.", question: item.prompt, chosen: sorted(item)[0], rejected: sorted(item)[1] }),
  },
  {
    name: "pos_resp/neg_resp",
    answers: 2,
    votes: true,
    row: (item) => ({ prompt: item.prompt, pos_resp: sorted(item)[0], neg_resp: sorted(item)[1] }),
  },
  {
    name: "conversations",
    answers: 2,
    votes: true,
    row: (item) => ({
      id: item.prompt,
      chosen: [user(item.prompt), assistant(sorted(item)[0])],
      rejected: [user(item.prompt), assistant(sorted(item)[1])],
    }),
  },
  {
    name: "messages + rejected",
    answers: 2,
    votes: true,
    row: (item) => ({ messages: [user(item.prompt), assistant(sorted(item)[0])], rejected_response: sorted(item)[1] }),
  },
  {
    name: "list of votes",
    answers: 2,
    votes: true,
    row: (item) => ({
      prompt: item.prompt,
      a1: item.answers[0],
      a2: item.answers[1],
      votes: [{ worker: "w", value: `a${numberOf[item.vote] || 1}` }],
    }),
  },
  {
    name: "answer_1..4",
    answers: 4,
    votes: false,
    row: (item) => ({
      id: `row of ${item.prompt}`,
      prompt: item.prompt,
      ...wide(["answer_1", "answer_2", "answer_3", "answer_4"], item),
    }),
  },
  {
    name: "回答1..4",
    answers: 4,
    votes: false,
    row: (item) => ({ 问题: item.prompt, ...wide(["回答1", "回答2", "回答3", "回答4"], item) }),
  },
  { name: "responses", answers: 4, votes: false, row: (item) => ({ prompt: item.prompt, responses: item.answers }) },
  {
    name: "completions",
    answers: 4,
    votes: false,
    row: (item) => ({ prompt: item.prompt, completions: item.answers }),
  },
  {
    name: "nested",
    answers: 4,
    votes: false,
    row: (item) => ({
      instruction: item.prompt,
      outputs: item.answers.map((text, index) => ({ content: text, model: `m${index}` })),
    }),
  },
  {
    name: "one answer, scored",
    answers: 1,
    votes: true,
    row: (item) => ({ prompt: item.prompt, answer: item.answers[0], score: numberOf[item.vote] + 1 }),
  },
];

const text = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ,.]{0,30}[a-z]$/);
const items = fc.array(
  fc.record({
    prompt: text,
    answers: fc.uniqueArray(text, { minLength: 4, maxLength: 4 }),
    vote: fc.constantFrom("a" as const, "b" as const, "tie" as const),
  }),
  { minLength: 1, maxLength: 6 },
);

async function recognise(bytes: Buffer) {
  async function* read() {
    yield bytes;
  }
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const { receipt, source } = await makeReceipt({ read, sha256 }, { source: null, asked: null, overlap: 3 });
  const rows: ImportRow[] = [];
  if (receipt.warnings.every(({ weight }) => weight !== "stop")) {
    for await (const row of readImport(read(), source, { leaveOut: true })) rows.push(row);
  }
  return { receipt, rows };
}

const jsonLines = (rows: readonly object[]) => Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(""));

/** Cells in quotes, as spreadsheets write them; only rows of plain cells fit. */
function csv(rows: readonly object[]): Buffer | null {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const cells = rows.map((row) => new Map<string, unknown>(Object.entries(row)));
  if (cells.some((row) => [...row.values()].some((value) => typeof value === "object"))) return null;
  const line = (values: readonly unknown[]) =>
    values.map((value) => `"${String(value).replaceAll('"', '""')}"`).join(",");
  return Buffer.from([line(names), ...cells.map((row) => line(names.map((name) => row.get(name))))].join("\r\n"));
}

describe("whatever the layout, nothing is lost without a word", () => {
  it.each(layouts)("imports every answer and vote of $name, or names what it does not", async (layout) => {
    await fc.assert(
      fc.asyncProperty(items, async (all) => {
        const rows = all.map((item) => layout.row(item));
        for (const file of [jsonLines(rows), csv(rows)]) {
          if (file === null) continue;
          const { receipt, rows: read } = await recognise(file);
          const said = receipt.warnings.filter(({ weight }) => weight !== "note");
          const named = new Set(said.map(({ values }) => values.column));
          const silent = receipt.columns.filter(
            ({ role, rows: filled, path }) => role === "unused" && filled > 0 && !named.has(path),
          );
          expect(silent).toEqual([]);
          if (said.some(({ code }) => code !== "gradeDirection" && code !== "contradictingVotes")) continue;
          for (const [index, item] of all.entries()) {
            const texts = read[index]?.completions.map((completion) => completion.text) ?? [];
            expect([...texts].sort()).toEqual([...item.answers.slice(0, layout.answers)].sort());
            expect(JSON.stringify(read[index]?.prompt)).toContain(item.prompt);
            const voices = (read[index]?.votes.length ?? 0) + (read[index]?.ratings.length ?? 0);
            expect(voices > 0).toBe(layout.votes);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  it("recognises all but what nobody could without being told", async () => {
    const item: Item = { prompt: "Why so?", answers: ["One", "Two", "Three", "Four"], vote: "b" };
    const asked = new Set<string>();
    for (const layout of layouts) {
      const rows = (["a", "b", "tie"] as const).map((vote) =>
        layout.row({ ...item, prompt: `${vote} ${item.prompt}`, vote }),
      );
      const { receipt } = await recognise(jsonLines(rows));
      const questions = receipt.warnings.filter(({ weight, code }) => weight !== "note" && code !== "gradeDirection");
      if (questions.length > 0) asked.add(layout.name);
    }
    expect([...asked]).toEqual(["unclear numbers", "own names"]);
  });
});
