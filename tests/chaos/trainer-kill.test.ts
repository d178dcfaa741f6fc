import { randomInt } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { type CommandFolder, commandFolder } from "../harness/rlhf-command.ts";

let run: CommandFolder;

/** People like answers with the word "kind". */
const answer = (index: number, kind: boolean) =>
  `${["the", "a", "my"][index % 3]} ${kind ? "kind" : "cold"} word number ${index % 17}`;
const prompt = (index: number) => `say ${index % 23}`;
const rows = Array.from({ length: 96 }, (_, index) => ({
  prompt: prompt(index),
  chosen: answer(index, true),
  rejected: answer(index + 1, false),
  completion: answer(index, index % 2 === 0),
}));

beforeAll(async () => {
  run = await commandFolder();
  const pick = (...names: (keyof (typeof rows)[number])[]) =>
    rows.map((row) => Object.fromEntries(names.map((name) => [name, row[name]])));
  await run.write(
    "texts.jsonl",
    rows.flatMap(({ chosen, rejected }) => [{ text: chosen }, { text: rejected }]),
  );
  await run.write("shown.jsonl", pick("prompt", "completion"));
  await run.write("pairs.jsonl", pick("prompt", "chosen", "rejected"));
  await run.write("prompts.jsonl", pick("prompt").slice(0, 23));
  const kind = (text: string) => text.includes("kind");
  await run.write(
    "rated.jsonl",
    pick("prompt", "completion").map((row, i) => ({ ...row, score: kind(rows[i]?.completion ?? "") ? 5 : 2 })),
  );
  const shape = { context: 48, vocab: 290, layers: 1, heads: 2, kvHeads: 2, width: 32, hidden: 48 };
  await run.write("pretrain.json", [
    { trainer: "pretrain", train: "texts.jsonl", steps: 30, checkpointEvery: 4, batchSize: 8, model: shape },
  ]);
  await run.succeeded(["pretrain", "--spec", "pretrain.json", "--out", "base"]);
  await run.succeeded(["reward", "--train", "pairs.jsonl", "--policy", "base", "--out", "judge", "--batch-size", "32"]);
});
afterAll(() => run.remove());

const Line = z.object({ step: z.number() });

/** The last step whose figures are on disk; 0 before the first. */
function stepOf(name: string): number {
  try {
    const lines = readFileSync(run.at(`${name}/metrics.jsonl`), "utf8")
      .trim()
      .split("\n");
    return Line.parse(JSON.parse(lines.at(-1) ?? "")).step;
  } catch {
    return 0; // not there yet, or a line is just being written
  }
}

const often = ["--checkpoint-every", "3", "--evaluate-every", "1000", "--batch-size", "8"];
const onPolicy = [
  ...often,
  "--train",
  "prompts.jsonl",
  "--reward",
  "judge",
  "--steps",
  "16",
  "--max-new-tokens",
  "16",
  "--evaluation-prompts",
  "4",
];
const grouped = [...onPolicy, "--samples-per-prompt", "4"];
const direct = [
  ...often,
  "--train",
  "pairs.jsonl",
  "--epochs",
  "2",
  "--max-new-tokens",
  "8",
  "--evaluation-prompts",
  "4",
];

const trainers: Record<string, readonly string[]> = {
  pretrain: ["pretrain", "--spec", "pretrain.json"],
  sft: ["sft", "--train", "shown.jsonl", "--epochs", "2", ...often],
  "reward from comparisons": [
    "reward",
    "--train",
    "pairs.jsonl",
    "--epochs",
    "2",
    "--lexical-buckets",
    "512",
    ...often,
  ],
  "reward from ratings": [
    "reward",
    "--train",
    "rated.jsonl",
    "--objective.kind",
    "squared-error",
    "--epochs",
    "2",
    ...often,
  ],
  ilql: [
    "ilql",
    "--train",
    "rated.jsonl",
    "--reward",
    "judge",
    "--epochs",
    "1",
    "--samples-per-prompt",
    "2",
    "--max-new-tokens",
    "12",
    "--evaluation-prompts",
    "4",
    ...often,
  ],
  rloo: ["rloo", ...grouped],
  grpo: ["grpo", ...grouped],
  ppo: ["ppo", ...onPolicy, "--epochs", "2", "--minibatches", "2", "--adaptive.target", "4"],
  dpo: ["dpo", ...direct],
  ipo: ["dpo", "--objective.kind", "ipo", ...direct],
  kto: ["dpo", "--objective.kind", "kto", ...direct],
};

describe("killed with SIGKILL at a random step, a trainer goes on and ends with the bits of an undisturbed run", () => {
  it.concurrent.each(Object.entries(trainers))("%s", async (name, args) => {
    const given = args[0] === "pretrain" ? args : [...args, "--policy", "base"];
    const [whole, broken] = [`${name} whole`, `${name} broken`];
    await run.succeeded([...given, "--out", whole]);
    const steps = stepOf(whole);
    const fatal = randomInt(1, steps - 2);
    const killed = await run.rlhf([...given, "--out", broken], () => stepOf(broken) >= fatal);
    expect(killed.code, `to be killed at step ${fatal} of ${steps}: ${killed.error}`).toBeNull();
    await run.succeeded([...given, "--out", broken]);
    expect(stepOf(broken)).toBe(steps);
    const model = async (of: string) =>
      Object.entries((await run.json(`${of}/manifest.json`)).files ?? {}).filter(([file]) => file.startsWith("model/"));
    const expected = await model(whole);
    expect(expected.length).toBeGreaterThanOrEqual(3);
    expect(await model(broken), `killed at step ${fatal} of ${steps}`).toEqual(expected);
  });
});
