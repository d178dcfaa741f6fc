import type { RunFact, TrainingSpecInput } from "@touchstone/contracts";
import { expect, test } from "vitest";
import { describeModel } from "../model/describe-model.ts";
import { scoreCompletions } from "../reward/score-completions.ts";
import { comparisons, engine, freshGpt2Policy, freshPolicy, train } from "../trainers/tiny-world.fixture.ts";
import type { TrainerResult } from "../training/request.ts";
import { restsOnOf, unpackFrozen, withRestedOn } from "./frozen-model.ts";

const spec = { trainer: "reward", frozen: { context: 24, folds: 3 } } satisfies TrainingSpecInput;
const items = comparisons.slice(0, 3).flatMap(({ prompt, a, b }) => [a, b].map(({ text }) => ({ prompt, text })));

const facts: RunFact[] = [];
const seen: number[] = [];
const result: TrainerResult = await train(
  spec,
  { comparisons },
  {},
  {
    policyName: "a small model",
    onNote: (_, fact) => void (fact && facts.push(fact)),
    onMetric: (step, _, total) => void seen.push(step / total),
  },
);

test("a head on a frozen model learns what people like, and says which recipe won and by how much", () => {
  expect(result.metrics["heldout.accuracy"]).toBeGreaterThan(0.9);
  expect(result.metrics["cv.accuracy"]).toBeGreaterThan(0.9);
  const codes = facts.map(({ code }) => code);
  expect(codes).toEqual(["trained_on", "frozen_recipe", "frozen_lead"]);
  expect(facts[1]?.values.recipe).not.toBe(facts[1]?.values.other);
  expect([...seen].sort((a, b) => a - b)).toEqual(seen);
  expect(seen.at(-1)).toBe(1);
});

test("its files are a head that names what it rests on, and hold nothing of that", () => {
  expect([...result.files.keys()]).toEqual([
    "config.json",
    "features.safetensors",
    "report-card.json",
    "evaluation.json",
  ]);
  const { sha256, tokenizerSha256 } = describeModel(freshPolicy);
  expect(restsOnOf(result.files)).toMatchObject({ name: "a small model", sha256, tokenizerSha256 });
  expect(describeModel(result.files)).toMatchObject({ kind: "reward", tokenizerSha256 });
  expect(restsOnOf(freshPolicy)).toBeUndefined();
});

test("read again beside the model that it rests on, it says of answers what the run said", async () => {
  const reward = withRestedOn(result.files, freshPolicy);
  const scores = await scoreCompletions({ engine, reward, items });
  const heldOut = comparisons.filter(({ split }) => split !== "train").slice(0, 20);
  const evaluation = JSON.parse(new TextDecoder().decode(result.files.get("evaluation.json")));
  const again = await scoreCompletions({
    ...{ engine, reward },
    items: heldOut.flatMap(({ prompt, a, b }) => [a, b].map(({ text }) => ({ prompt, text }))),
  });
  for (const [index, { judgementId }] of heldOut.entries()) {
    const said = evaluation.predictions.find((row: { judgementId: string }) => row.judgementId === judgementId);
    if (!said) continue; // one text twice
    expect((again[2 * index]?.score ?? 0) - (again[2 * index + 1]?.score ?? 0)).toBeCloseTo(said.model, 3);
  }
  expect(scores.every(({ truncated }) => !truncated)).toBe(true);
});

test("without the model that it rests on, or with another, it is refused by that model's name", async () => {
  const { sha256 } = describeModel(freshPolicy);
  const score = (reward: TrainerResult["files"]) => scoreCompletions({ engine, reward, items });
  await expect(score(result.files)).rejects.toMatchObject({ code: "wrong_model", reason: "restsOnMissing" });
  await expect(score(result.files)).rejects.toThrow(`“a small model” (${sha256.slice(0, 12)}), which is not here`);
  await expect(score(withRestedOn(result.files, freshGpt2Policy))).rejects.toMatchObject({ reason: "restsOnOther" });
  await expect(train({ trainer: "rloo", steps: 1 }, { prompts: [] }, { policy: result.files })).rejects.toMatchObject({
    reason: "rewardAsPolicy",
  });
});

test("the same run gives the same bytes", async () => {
  const again = await train(spec, { comparisons }, {}, { policyName: "a small model" });
  expect(again.files).toEqual(result.files);
});

test.each([
  ["frozenObjective", { ...spec, objective: { kind: "davidson" } }, comparisons],
  ["frozenEnsemble", { ...spec, ensemble: { members: 2 } }, comparisons],
  ["frozenOnePrompt", spec, comparisons.map((row) => ({ ...row, promptId: "one" }))],
] satisfies [string, TrainingSpecInput, typeof comparisons][])("%s is refused", async (reason, settings, rows) => {
  await expect(train(settings, { comparisons: rows }, {})).rejects.toMatchObject({ reason });
});

test("damaged files are refused by the name of what is wrong", () => {
  const withFile = (name: string, bytes: Uint8Array) => () => unpackFrozen(new Map(result.files).set(name, bytes));
  const config = JSON.parse(new TextDecoder().decode(result.files.get("config.json")));
  const written = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  expect(withFile("config.json", new Uint8Array([1, 2]))).toThrow("config.json can't be used");
  expect(withFile("config.json", written({ ...config, restsOn: { ...config.restsOn, sha256: "x" } }))).toThrow(
    "restsOn.sha256",
  );
  expect(withFile("features.safetensors", new Uint8Array(3))).toThrow("features.safetensors can't be used");
});
