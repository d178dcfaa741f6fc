import type { Comparison, RewardObjective, RunFact } from "@touchstone/contracts";
import { expect, test } from "vitest";
import { openParameters } from "../model/parameters.ts";
import { bradleyTerry, bradleyTerryGradient } from "../objectives/bradley-terry.ts";
import { bradleyTerryLikelihood } from "../reward/preference-likelihood.ts";
import { comparisons, engine, train } from "./tiny-world.fixture.ts";

const { tf } = engine;
const withMargin = (margin: number | undefined) =>
  comparisons.map((label): Comparison => (margin === undefined ? label : { ...label, margin }));
const brief = { trainer: "reward" as const, epochs: 0.2 };

async function learned(margin: number | undefined, objective: Partial<RewardObjective> = {}) {
  const facts: RunFact[] = [];
  const spec = { ...brief, objective: { kind: "bradley-terry" as const, labelNoise: 0, ...objective } };
  const { files } = await train(
    spec as typeof brief,
    { comparisons: withMargin(margin) },
    {},
    {
      onNote: (_, fact) => void (fact && facts.push(fact)),
    },
  );
  return { weights: files.get("model.safetensors"), codes: facts.map(({ code }) => code) };
}

test("the loss of a pair with a margin is −log σ(r_c − r_r − margin), whichever side won (Llama 2, eq. 2)", () => {
  const [first] = comparisons;
  if (!first) throw new Error("the world is empty");
  const labels = [
    { ...first, outcome: 2, margin: 3 },
    { ...first, outcome: -2, margin: 1 },
    { ...first, outcome: 2 },
    { ...first, outcome: 0, margin: 5 },
  ].map((label) => ({ ...label, weight: 1 }));
  const parameters = openParameters(tf, new Map());
  const { loss } = bradleyTerryLikelihood(tf, { labelNoise: 0 });
  const [a, b] = [tf.tensor1d([0.5, 0.25, 0.9, 1]), tf.tensor1d([-0.5, 1, 0, 1])];
  const of = (i: number) => loss(parameters, a.slice(i, 1), b.slice(i, 1), labels.slice(i, i + 1)).dataSync()[0];
  expect(of(0)).toBeCloseTo(bradleyTerry(1, 3), 6);
  expect(bradleyTerry(1, 3)).toBeCloseTo(2.126928, 6);
  expect(of(1)).toBeCloseTo(bradleyTerry(0.75, 1), 6);
  expect(of(2)).toBeCloseTo(0.341154, 6);
  expect(of(3)).toBeCloseTo(Math.log(2), 6);
  const [pull] = tf
    .grad((x) => loss(parameters, x.as1D(), b.slice(0, 1), labels.slice(0, 1)))(a.slice(0, 1))
    .dataSync();
  expect(pull).toBeCloseTo(bradleyTerryGradient(1, 3), 6);
});

test("models with margin 1, margin 3 and none are three, and that margins are learned from is said", async () => {
  const [none, one, three] = [await learned(undefined), await learned(1), await learned(3)];
  expect(one.weights).not.toEqual(none.weights);
  expect(three.weights).not.toEqual(none.weights);
  expect(three.weights).not.toEqual(one.weights);
  expect([none, one].map(({ codes }) => codes.includes("margins_learned"))).toEqual([false, true]);
});

test("turned off, or of no use to the objective, margins change nothing, and that is said", async () => {
  const none = await learned(undefined);
  const off = await learned(3, { margins: false });
  expect(off.weights).toEqual(none.weights);
  expect(off.codes).toContain("unread_margins");
  const facts: RunFact[] = [];
  const onNote = (_: string, fact?: RunFact) => void (fact && facts.push(fact));
  await train({ ...brief, objective: { kind: "davidson" } }, { comparisons: withMargin(1) }, {}, { onNote });
  expect(facts.map(({ code }) => code)).toContain("unread_margins");
});
