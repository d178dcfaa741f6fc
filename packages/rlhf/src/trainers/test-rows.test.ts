import type { TrainingSpecInput } from "@touchstone/contracts";
import { describe, expect, test } from "vitest";
import type { Metrics, TrainingData } from "../training/request.ts";
import {
  answers,
  aspectRatings,
  comparisons,
  demonstrations,
  prompts,
  rankings,
  ratings,
  texts,
  train,
  unpaired,
} from "./tiny-world.fixture.ts";

const policy = (await train({ trainer: "sft", epochs: 2 }, { demonstrations })).files;
const reward = (await train({ trainer: "reward", epochs: 1 }, { comparisons })).files;

/** A third of what the world holds out is of the test split. */
function withTests<Row extends { readonly split: string }>(rows: readonly Row[]): Row[] {
  return rows.map((row, index) => (row.split === "validation" && index % 3 === 0 ? { ...row, split: "test" } : row));
}
type Change = <Row extends { readonly split: string }>(rows: readonly Row[]) => Row[];
const isTest = ({ split }: { readonly split: string }) => split === "test";
const changes: [string, Change][] = [
  ["removed", (rows) => rows.filter((row) => !isTest(row))],
  [
    "in another order, before all others",
    (rows) => [...rows.filter(isTest).reverse(), ...rows.filter((row) => !isTest(row))],
  ],
  ["other prompts, and longer ones", (rows) => rows.map((row) => (isTest(row) ? { ...row, ...strange } : row))],
];
const strange = { promptId: "elsewhere", prompt: [{ role: "user" as const, content: "something else" }] };

const often = { evaluateEvery: 1, earlyStopping: { patience: 1 } };
const brief = { ...often, maxNewTokens: 8, evaluationPrompts: 4 };
const judged = { ...often, trainer: "reward" as const, epochs: 0.2 };
const stepwise = { steps: 3, batchSize: 2, ...brief };

const runs: [string, TrainingSpecInput, (of: Change) => TrainingData][] = [
  ["sft", { trainer: "sft", epochs: 0.2, ...often }, (of) => ({ demonstrations: of(withTests(demonstrations)) })],
  ["reward on comparisons", judged, (of) => ({ comparisons: of(withTests(comparisons)) })],
  [
    "reward by ordered-logit",
    { ...judged, objective: { kind: "ordered-logit" } },
    (of) => ({ comparisons: of(withTests(comparisons)) }),
  ],
  [
    "reward by davidson",
    { ...judged, objective: { kind: "davidson" } },
    (of) => ({ comparisons: of(withTests(comparisons)) }),
  ],
  [
    "reward by rao-kupper",
    { ...judged, objective: { kind: "rao-kupper" } },
    (of) => ({ comparisons: of(withTests(comparisons)) }),
  ],
  [
    "reward on rankings",
    { ...judged, objective: { kind: "plackett-luce" } },
    (of) => ({ rankings: of(withTests(rankings)) }),
  ],
  [
    "reward on ratings",
    { ...judged, objective: { kind: "squared-error" } },
    (of) => ({ ratings: of(withTests(ratings)), comparisons: of(withTests(comparisons)) }),
  ],
  [
    "reward by both",
    { ...judged, objective: { kind: "combined" } },
    (of) => ({ ratings: of(withTests(ratings)), comparisons: of(withTests(comparisons)) }),
  ],
  [
    "reward per aspect",
    { ...judged, objective: { kind: "per-aspect" } },
    (of) => ({ ratings: of(withTests(aspectRatings)) }),
  ],
  ["dpo", { trainer: "dpo", epochs: 0.2, ...brief }, (of) => ({ comparisons: of(withTests(comparisons)) })],
  [
    "ipo",
    { trainer: "dpo", objective: { kind: "ipo" }, epochs: 0.2, ...brief },
    (of) => ({ comparisons: of(withTests(comparisons)) }),
  ],
  [
    "kto",
    { trainer: "dpo", objective: { kind: "kto" }, epochs: 0.2, ...brief },
    (of) => ({ comparisons: of(withTests(comparisons)), unpaired: of(withTests(unpaired)) }),
  ],
  [
    "ilql",
    { trainer: "ilql", epochs: 0.05, samplesPerPrompt: 1, ...brief },
    (of) => ({ answers: of(withTests(answers)) }),
  ],
  ["rloo", { trainer: "rloo", samplesPerPrompt: 2, ...stepwise }, (of) => ({ prompts: of(withTests(prompts)) })],
  ["grpo", { trainer: "grpo", samplesPerPrompt: 2, ...stepwise }, (of) => ({ prompts: of(withTests(prompts)) })],
  ["ppo", { trainer: "ppo", ...stepwise }, (of) => ({ prompts: of(withTests(prompts)) })],
  [
    "pretrain",
    { trainer: "pretrain", steps: 3, batchSize: 4, ...often },
    (of) => {
      const rows = texts.map((text, index) => ({ text, split: index % 4 === 0 ? "test" : "train" }));
      const textsOf = (some: typeof rows) => some.map((row) => ("promptId" in row ? "something else" : row.text));
      const [learned, kept] = ["train", "test"].map((split) => of(rows).filter((row) => row.split === split));
      return { texts: textsOf(learned ?? []), testTexts: textsOf(kept ?? []) };
    },
  ],
];

describe.each(runs)("%s: rows of the test split", (_, spec, data) => {
  const looks = async (change: Change) => {
    const seen: { step: number; values: Metrics }[] = [];
    const onMetric = (step: number, values: Metrics) => {
      if (values.lr === undefined) seen.push({ step, values });
    };
    const { files, metrics } = await train(spec, data(change), { policy, reward }, { onMetric });
    // The last look is the final one, at all that is held out.
    return { weights: files.get("model.safetensors"), metrics, seen: seen.slice(0, -1) };
  };
  const undisturbed = looks((rows) => [...rows]);

  test.each(changes)("%s, they change no bit of the model and no look before the end", async (__, change) => {
    const [as, changed] = [await undisturbed, await looks(change)];
    expect(changed.weights).toEqual(as.weights);
    expect(changed.seen).toEqual(as.seen);
  });

  test("and rows of the training split do change the model", async () => {
    const fewer = await looks((rows) => rows.filter(({ split }, index) => split !== "train" || index % 2 === 0));
    expect(fewer.weights).not.toEqual((await undisturbed).weights);
  });
});
