import type { Message, RunFact, TrainingSpecInput } from "@touchstone/contracts";
import { expect, test } from "vitest";
import type { TrainingData } from "../training/request.ts";
import { type LabelFit, openLabelMeasure } from "./label-measure.ts";
import { comparisons, demonstrations, freshPolicy, ratings, train } from "./tiny-world.fixture.ts";

/** The tiny world's model has a context of 24 bytes and marks. */
const measure = openLabelMeasure(new Map([...freshPolicy].filter(([name]) => name !== "model.safetensors")));
const long = "0123456789".repeat(3);
const brief = { epochs: 0.2, minimumLabels: 8 };
const sampled = { maxNewTokens: 4, evaluationPrompts: 2 };

/** Every fifth prompt is too long to be whole. */
function withLongPrompts<Row extends { readonly prompt: Message[] }>(row: Row, index: number): Row {
  return index % 5 === 1 ? { ...row, prompt: [{ role: "user", content: long }] } : row;
}

function tallyOf(fits: readonly LabelFit[]) {
  const count = (wanted: LabelFit) => fits.filter((fit) => fit === wanted).length;
  return {
    used: count("whole") + count("cut"),
    tooLong: count("tooLong"),
    cut: count("cut"),
    identical: count("identical"),
  };
}

/** What a run of the trainer itself says of the same labels. */
async function toldBy(spec: TrainingSpecInput, data: TrainingData) {
  const facts = new Map<string, RunFact["values"]>();
  const onNote = (_: string, fact?: RunFact) => void (fact && facts.set(fact.code, fact.values));
  await train(spec, data, { policy: freshPolicy }, { onNote });
  const trainedOn = facts.get("trained_on_fitting") ?? facts.get("trained_on");
  return {
    used: trainedOn?.used ?? 0,
    tooLong: trainedOn?.tooLong ?? 0,
    cut: facts.get("prompts_cut")?.count ?? 0,
    identical: facts.get("identical_answers")?.count ?? 0,
  };
}

test("comparisons are counted as the trainers of reward models and of DPO count them", async () => {
  const rows = comparisons
    .filter(({ split }) => split === "train")
    .map(withLongPrompts)
    .map((row, index) => (index % 7 === 0 ? { ...row, b: { ...row.b, text: long } } : row))
    .map((row, index) => (index % 11 === 0 ? { ...row, b: row.a, bothBad: false } : row));
  const counted = tallyOf(rows.map(measure.comparison));
  expect(counted.tooLong).toBeGreaterThan(0);
  expect(counted.cut).toBeGreaterThan(0);
  expect(counted.identical).toBeGreaterThan(0);
  expect(await toldBy({ trainer: "reward", ...brief }, { comparisons: rows })).toEqual(counted);
  expect(await toldBy({ trainer: "dpo", ...brief, ...sampled }, { comparisons: rows })).toEqual(counted);
});

test("ratings are counted as the trainer of reward models counts them", async () => {
  const rows = ratings
    .filter(({ split }) => split === "train")
    .map(withLongPrompts)
    .map((row, index) => (index % 7 === 0 ? { ...row, completion: { ...row.completion, text: long } } : row));
  const counted = tallyOf(rows.map(measure.rating));
  expect(counted.tooLong).toBeGreaterThan(0);
  expect(counted.cut).toBeGreaterThan(0);
  const spec = { trainer: "reward" as const, ...brief, objective: { kind: "squared-error" as const } };
  expect(await toldBy(spec, { ratings: rows })).toEqual(counted);
});

test("what is imitated fits as a whole or not at all", async () => {
  const rows = demonstrations.filter(({ split }) => split === "train").map(withLongPrompts);
  const counted = tallyOf(rows.map(({ prompt, text }) => measure.conversation(prompt, text)));
  expect(counted.tooLong).toBeGreaterThan(0);
  expect(counted.cut).toBe(0);
  expect(await toldBy({ trainer: "sft", epochs: 0.2 }, { demonstrations: rows })).toEqual(counted);
});

test("a prompt has to leave room for eight tokens of an answer", () => {
  // Three marks stand around the words.
  const prompt = (length: number) => [{ role: "user" as const, content: "x".repeat(length) }];
  expect(measure.prompt(prompt(24 - 3 - 8))).toBe("whole");
  expect(measure.prompt(prompt(24 - 3 - 8 + 1))).toBe("tooLong");
});
