import type { RunFact, TrainingSpecInput } from "@touchstone/contracts";
import { expect, test } from "vitest";
import type { TrainingData } from "../training/request.ts";
import { comparisons, demonstrations, rankings, train } from "./tiny-world.fixture.ts";

const policy = (await train({ trainer: "sft", epochs: 1 }, { demonstrations })).files;
const different = comparisons.filter(({ a, b }) => a.text !== b.text);
const same = different.map((label) => ({ ...label, outcome: 2, bothBad: false, b: label.a }));
const some = same.slice(0, 7);
const brief = { epochs: 0.2, minimumLabels: 8 };
const direct = { trainer: "dpo" as const, ...brief, maxNewTokens: 4, evaluationPrompts: 2 };
const specs: [string, TrainingSpecInput][] = [
  ["bradley-terry", { trainer: "reward", ...brief }],
  ["davidson", { trainer: "reward", ...brief, objective: { kind: "davidson" } }],
  ["plackett-luce", { trainer: "reward", ...brief, objective: { kind: "plackett-luce" } }],
  ["dpo", direct],
  ["kto", { ...direct, objective: { kind: "kto" } }],
];

async function outcome(spec: TrainingSpecInput, data: TrainingData) {
  const facts: RunFact[] = [];
  const onNote = (_: string, fact?: RunFact) => void (fact && facts.push(fact));
  const { files } = await train(spec, data, { policy }, { onNote });
  const told = facts.find(({ code }) => code === "identical_answers")?.values.count;
  return { weights: files.get("model.safetensors"), told };
}

test.each(specs)("%s: pairs of one answer are left out and counted", async (_, spec) => {
  const clean = await outcome(spec, { comparisons: different });
  const mixed = await outcome(spec, {
    comparisons: [...different, ...some.map((row) => ({ ...row, split: "train" as const }))],
  });
  expect(mixed.told).toBe(7);
  expect(clean.told).toBeUndefined();
  expect(mixed.weights).toEqual(clean.weights);
});

test.each(specs)("%s: nothing but pairs of one answer is refused by name", async (_, spec) => {
  await expect(train(spec, { comparisons: same }, { policy })).rejects.toThrow(
    /same text to the model|answers that differ/,
  );
});

test("a ranking that has one answer in two places is left out", async () => {
  const [first, ...rest] = rankings.filter(({ split }) => split === "train");
  const [best] = first?.groups ?? [];
  if (!first || !best) throw new Error("the world is empty");
  const doubled = { ...first, groups: [...first.groups, best] };
  const spec = { trainer: "reward" as const, ...brief, objective: { kind: "plackett-luce" as const } };
  expect(await outcome(spec, { rankings: [...rest, doubled] })).toMatchObject({ told: 1 });
});
