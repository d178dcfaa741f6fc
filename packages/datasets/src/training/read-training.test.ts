import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { readTraining } from "./read-training.ts";
import type { TrainingRow } from "./training-row.ts";

async function read(rows: readonly unknown[]): Promise<TrainingRow[]> {
  const bytes = new TextEncoder().encode(rows.map((row) => JSON.stringify(row)).join("\n"));
  const found = [];
  for await (const row of readTraining(oneChunk(bytes), "train")) found.push(row);
  return found;
}

async function* oneChunk(bytes: Uint8Array) {
  yield bytes;
}

const question = [{ role: "user", content: "Why?" }];

describe("reading a file to train on", () => {
  it("knows each format by its columns", async () => {
    const rows = await read([
      { prompt: "Why?", chosen: "So.", rejected: "No." },
      { chosen: "\n\nHuman: Why?\n\nAssistant: So.", rejected: "\n\nHuman: Why?\n\nAssistant: No." },
      { prompt: "Why?", completion: "So.", label: true },
      { prompt: "Why?", completion: "So.", score: 4 },
      { prompt: "Why?", completion: "So.", reward: -2.5 },
      { prompt: "Why?", completion: [{ role: "assistant", content: "So." }] },
      { messages: [...question, { role: "assistant", content: "So." }] },
      { messages: question },
      { prompt: "Why?" },
      { text: "Once upon a time." },
    ]);
    expect(rows.map(({ kind }) => kind)).toEqual([
      "comparison",
      "comparison",
      "judged",
      "rating",
      "rewarded",
      "demonstration",
      "demonstration",
      "prompt",
      "prompt",
      "text",
    ]);
    for (const row of rows) if (row.kind !== "text") expect(row.prompt).toEqual(question);
    // The same prompt and the same answer have the same name, whatever format they came in.
    expect(new Set(rows.flatMap((row) => (row.kind === "text" ? [] : row.promptId)))).toHaveProperty("size", 1);
    expect(rows[0]).toMatchObject({ a: { text: "So." }, b: { text: "No." }, outcome: 2, weight: 1, split: "train" });
    expect(rows[1]).toMatchObject({ a: { text: "So." }, b: { text: "No." }, outcome: 2 });
    expect(rows[4]).toMatchObject({ reward: -2.5 });
  });

  it.each([
    // Alone, .9 of one would be much better, and 5 of ten plainly so.
    { margins: [0.9, 5, 10, 2], outcomes: [1, 2, 3, 1] },
    { margins: [1, 2, 3], outcomes: [1, 2, 3] },
    { margins: [0.2, 0.6, 1], outcomes: [1, 2, 3] },
  ])("reads the margins $margins of one file by one rule, as the import does", async ({ margins, outcomes }) => {
    const pairs = margins.map((margin) => ({ prompt: "Why?", chosen: "So.", rejected: "No.", margin }));
    const rows = await read(pairs);
    expect(rows.map((row) => (row.kind === "comparison" ? [row.outcome, row.margin] : []))).toEqual(
      outcomes.map((outcome, index) => [outcome, margins[index]]),
    );
  });

  it("takes the strength that a row states beside its margin, and refuses one that is none", async () => {
    const pair = { prompt: "Why?", chosen: "So.", rejected: "No.", margin: 9 };
    const rows = await read([{ ...pair, margin_step: 1 }, pair]);
    expect(rows.map((row) => (row.kind === "comparison" ? row.outcome : null))).toEqual([1, 3]);
    await expect(read([{ ...pair, margin_step: 4 }])).rejects.toThrow(/Line 1, margin_step: must be 1, 2 or 3/);
  });

  it("takes our own export back with its split, its names and its strength", async () => {
    const [row] = await read([
      {
        prompt: question,
        chosen: [{ role: "assistant", content: "So." }],
        rejected: [{ role: "assistant", content: "No." }],
        margin: 1 / 3,
        split: "test",
        prompt_id: "p7",
        label_id: "j9",
        annotator_hash: "w1",
      },
    ]);
    expect(row).toMatchObject({ split: "test", promptId: "p7", judgementId: "j9", annotator: "w1", outcome: 1 });
  });

  it("makes every pair of an UltraFeedback row a comparison at weight 2/K, by the mean of its four ratings", async () => {
    const rated = (response: string, rating: string) => ({
      response,
      overall_score: 1,
      annotations: Object.fromEntries(
        ["helpfulness", "honesty", "instruction_following", "truthfulness"].map((aspect) => [
          aspect,
          { Rating: rating },
        ]),
      ),
    });
    const rows = await read([
      { instruction: "Why?", completions: [rated("x", "2"), rated("y", "5"), rated("z", "2")] },
    ]);
    const comparisons = rows.flatMap((row) => (row.kind === "comparison" ? [[row.outcome, row.weight]] : []));
    expect(comparisons).toEqual([
      [-2, 2 / 3],
      [0, 2 / 3],
      [2, 2 / 3],
    ]);
    const ratings = rows.flatMap((row) =>
      row.kind === "rating" ? [[row.completion.text, row.aspect, row.score]] : [],
    );
    expect(ratings).toHaveLength(12);
    expect(ratings[4]).toEqual(["y", "helpfulness", 5]);
  });

  it("keeps a ranking whole, best group first, equal ranks a tie", async () => {
    const [row] = await read([{ prompt: "Why?", completions: ["x", "y", "z"], ranking: [3, 1, 1], annotator: "w1" }]);
    expect(row).toMatchObject({ kind: "ranking", annotator: "w1", weight: 1, prompt: question });
    const groups = row?.kind === "ranking" ? row.groups.map((group) => group.map(({ text }) => text)) : [];
    expect(groups).toEqual([["y", "z"], ["x"]]);
  });

  it("reads what a rating is of", async () => {
    const [row] = await read([{ prompt: "Why?", completion: "So.", score: 4, aspect: "honesty" }]);
    expect(row).toMatchObject({ kind: "rating", aspect: "honesty", score: 4 });
  });

  it("reads gzip as it reads plain text", async () => {
    const found = [];
    for await (const row of readTraining(oneChunk(gzipSync('{"text":"Hello."}\n')), "train")) found.push(row);
    expect(found).toEqual([{ kind: "text", text: "Hello." }]);
  });

  it.each([
    [{ prompt: "Why?", completion: "So.", score: 7 }, /Line 1, score: must be a number from 1 to 5/],
    [{ prompt: "Why?", completion: "So.", label: 1 }, /Line 1, label: must be true/],
    [{ prompt: "Why?", completion: "So.", reward: "high" }, /Line 1, reward: must be a number/],
    [{ completion: "So." }, /Line 1, prompt: is missing/],
    [{ prompt: "Why?", completions: ["x", "y"], ranking: [1] }, /Line 1, ranking: must give each completion its rank/],
    [{ prompt: "Why?", completions: ["x"], ranking: [1] }, /Line 1, completions: must be a list of at least two/],
    [{ prompt: "Why?", chosen: "So." }, /Line 1, rejected: is missing/],
    [{ question: "Why?" }, /Line 1: is none of the known formats \(it has question\)/],
    [{ text: "x", split: "dev" }, /Line 1, split: must be one of train, validation, test/],
    [{ messages: [{ role: "assistant", content: "So." }] }, /Line 1, messages: must begin with/],
    [{ instruction: "Why?", completions: [{ response: "x" }] }, /completions.0.overall_score: must be a number/],
  ])("refuses %j with line, column and cure", async (row, message) => {
    await expect(read([row])).rejects.toThrow(message);
  });
});
