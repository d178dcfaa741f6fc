import type { Comparison } from "@touchstone/contracts";
import { adamw, openEngine, seededRandom } from "@touchstone/engine";
import { beforeAll, describe, expect, test } from "vitest";
import { openParameters, type Parameters } from "../model/parameters.ts";
import { pairwiseCalibration } from "../objectives/calibration.ts";
import { orderedLogit, symmetricThresholds } from "../objectives/ordered-logit.ts";
import { correlation } from "./evaluate-comparisons.ts";
import { orderedLogitLikelihood } from "./ordered-logit-likelihood.ts";
import { bradleyTerryLikelihood, type PreferenceLikelihood } from "./preference-likelihood.ts";

const { tf } = await openEngine();

/** A crowd whose habits are known: 40 answers of known worth, 6 annotators, all drawn to the left. */
const items = 40;
const truth = seededRandom("worth").normals(items, 1.2);
const thresholds = [0.4, 1.2, 2.4];
const position = 0.5;
/** Some call hardly anything a tie, and some almost everything. */
const habits = [-0.6, -0.3, 0, 0, 0.3, 0.6];

function drawn(count: number, seed: string): Comparison[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => {
    const a = random.int(items);
    const b = (a + 1 + random.int(items - 1)) % items;
    const annotator = random.int(habits.length);
    const first = random.uniform() < 0.5 ? "a" : "b";
    const stretch = Math.exp(habits[annotator] ?? 0);
    const [t1 = 0, t2 = 0, t3 = 0] = thresholds.map((t) => t * stretch);
    const location = (truth[a] ?? 0) - (truth[b] ?? 0) + (first === "a" ? position : -position);
    let left = random.uniform();
    const steps = orderedLogit(location, [-t3, -t2, -t1, t1, t2, t3]);
    const step = steps.findIndex((probability) => {
      left -= probability;
      return left < 0;
    });
    return {
      kind: "comparison",
      judgementId: `j${index}`,
      annotator: `w${annotator}`,
      promptId: "p",
      prompt: [],
      split: "train",
      a: { completionId: String(a), text: "" },
      b: { completionId: String(b), text: "" },
      outcome: (step === -1 ? 6 : step) - 3,
      bothBad: false,
      first,
      weight: 1,
    };
  });
}

const train = drawn(4_000, "train");
const fresh = drawn(4_000, "fresh");
const learningRate = 0.05;

/** The worth of each answer is a parameter of its own: what a network that can tell all answers apart would learn. */
function fit(likelihood: PreferenceLikelihood): { parameters: Parameters; worth: number[] } {
  const worth = { shape: [items], values: new Float32Array(items) };
  const parameters = openParameters(tf, new Map([["worth", worth], ...likelihood.weights]));
  const optimiser = adamw(tf, parameters.variables, { weightDecay: 0 });
  const at = (of: "a" | "b") =>
    tf.tensor1d(
      train.map((label) => Number(label[of].completionId)),
      "int32",
    );
  const [a, b] = [at("a"), at("b")];
  for (let step = 1; step <= 250; step++) {
    tf.tidy(() => {
      const { grads } = tf.variableGrads(() => {
        const values = parameters.vector("worth");
        return likelihood.loss(parameters, tf.gather(values, a), tf.gather(values, b), train);
      });
      const named = [...parameters.variables].flatMap(([name, variable]) => {
        const gradient = grads[variable.name];
        return gradient ? [[name, gradient] as const] : [];
      });
      optimiser.step(new Map(named), learningRate * (step > 150 ? 0.2 : 1));
    });
  }
  return { parameters, worth: [...parameters.vector("worth").dataSync()] };
}

describe("a crowd of six with known thresholds, habits and a pull to the left", () => {
  const objective = { annotators: 0.5, position: true, likelihoodRate: learningRate };
  let likelihood: PreferenceLikelihood;
  let fitted: ReturnType<typeof fit>;
  beforeAll(() => {
    likelihood = orderedLogitLikelihood(tf, objective, learningRate, train);
    fitted = fit(likelihood);
  });
  const metrics = () => likelihood.fitted(fitted.parameters).metrics;

  test("thresholds, pull and the order of the answers are found again", () => {
    const planted = [position, ...thresholds];
    const found = ["position", "threshold.tie", "threshold.better", "threshold.muchBetter"].map(
      (name) => metrics()[name] ?? Number.NaN,
    );
    for (const [i, value] of found.entries()) expect(Math.abs(value / (planted[i] ?? 1) - 1)).toBeLessThan(0.12);
    expect(correlation(fitted.worth, [...truth])).toBeGreaterThan(0.98);
  });

  test("annotators are told apart, shrunken to the common thresholds, and strangers have these", () => {
    const model = likelihood.fitted(fitted.parameters);
    const ties = fresh.filter(({ outcome, first }) => outcome === 0 && first === "a").slice(0, 1);
    const surprise = (annotator: string) => ties.map((tie) => model.surprise?.({ ...tie, annotator }, -position) ?? 0);
    const order = ["w0", "w1", "stranger", "w4", "w5"].flatMap(surprise);
    expect(order).toHaveLength(5);
    expect([...order].sort((x, y) => y - x)).toEqual(order);
  });

  test("its probabilities on fresh answers are better calibrated than σ(d) of Bradley–Terry, and than σ of its own d", () => {
    const plain = fit(bradleyTerryLikelihood(tf, { labelNoise: 0 }));
    const model = likelihood.fitted(fitted.parameters);
    const decided = fresh.filter(({ outcome }) => outcome !== 0);
    const ece = (worth: readonly number[], logOdds: (label: Comparison, difference: number) => number) =>
      pairwiseCalibration(
        decided.map((label) => {
          const difference = (worth[Number(label.a.completionId)] ?? 0) - (worth[Number(label.b.completionId)] ?? 0);
          return logOdds(label, difference) * Math.sign(label.outcome);
        }),
      ).ece;
    const own = ece(fitted.worth, model.logOdds);
    expect(own).toBeLessThan(0.025);
    expect(own).toBeLessThan(ece(fitted.worth, (_, difference) => difference));
    expect(own).toBeLessThan(ece(plain.worth, (_, difference) => difference));
  });
});

test("where a always stood first, as in files of chosen and rejected, no pull is fitted: it would explain every label", () => {
  const chosenFirst = train.map((label) => ({ ...label, outcome: Math.abs(label.outcome), first: "a" as const }));
  const objective = { annotators: 0, position: true, likelihoodRate: learningRate };
  const likelihood = orderedLogitLikelihood(tf, objective, learningRate, chosenFirst);
  const { parameters } = fit(likelihood);
  expect(likelihood.fitted(parameters).metrics.position).toBe(0);
});

test("at its beginning it gives every size of answer as often as it was counted", () => {
  const likelihood = orderedLogitLikelihood(
    tf,
    { annotators: 0, position: true, likelihoodRate: learningRate },
    learningRate,
    train,
  );
  const { metrics } = likelihood.fitted(openParameters(tf, likelihood.weights));
  const [t1 = 0, t2 = 0, t3 = 0] = ["tie", "better", "muchBetter"].map((name) => metrics[`threshold.${name}`]);
  const share = train.filter(({ outcome }) => outcome === 0).length / train.length;
  expect(orderedLogit(0, [-t3, -t2, -t1, t1, t2, t3])[3]).toBeCloseTo(share, 2);
  expect(symmetricThresholds([Math.log(t1), Math.log(t2 - t1), Math.log(t3 - t2)])[5]).toBeCloseTo(t3, 6);
});
