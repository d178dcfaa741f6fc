import { openEngine, seededRandom } from "@touchstone/engine";
import { expect, test } from "vitest";
import type { AnswerRow } from "./blocks.ts";
import { type ClusteredPair, chooseHead } from "./choose-recipe.ts";
import { groupedFolds } from "./folds.ts";
import { linearScore } from "./frozen-scorer.ts";
import { blockTable, gramOf } from "./grams.ts";

const { tf } = await openEngine();
const random = seededRandom("frozen features");
const words = ["apple", "river", "stone", "cloud", "paper", "green", "seven"];

/** Answers whose worth stands in one direction of their states, of which words and lengths say nothing. */
const answers: (AnswerRow & { readonly worth: number })[] = Array.from({ length: 160 }, () => {
  const state = Float32Array.from(random.normals(12, 1));
  const text = Array.from({ length: 5 + random.int(6) }, () => words[random.int(words.length)]).join(" ");
  const row = {
    mean: state,
    last: state.map((value) => -value),
    logProb: -random.uniform(),
    tokens: 9,
    truncated: false,
  };
  return { text, prompted: row, alone: { ...row, logProb: -random.uniform() }, worth: 2 * (state[3] ?? 0) };
});
const pairs: ClusteredPair[] = Array.from({ length: 400 }, (_, i) => {
  const [a, b] = [random.int(160), random.int(160)];
  const chance = 1 / (1 + Math.exp((answers[b]?.worth ?? 0) - (answers[a]?.worth ?? 0)));
  const votes = Array.from({ length: 5 }, () => Number(random.uniform() < chance));
  return { a, b, target: votes.reduce((sum, vote) => sum + vote, 0) / 5, weight: 5, cluster: `prompt ${i % 20}` };
}).filter(({ a, b }) => a !== b);

test("what the states know and words do not is found, and it is said by how much", async () => {
  const told: number[] = [];
  const chosen = await chooseHead({
    tf,
    answers,
    pairs,
    folds: 5,
    onFit: (done, total) => void told.push(done / total),
  });
  expect(chosen.recipe.blocks).toContain("mean");
  expect(chosen.tried).toHaveLength(7);
  expect(chosen.tried[0]?.recipe).toBe(chosen.recipe.id);
  expect(chosen.tried[0]?.accuracy).toBeGreaterThan(0.8);
  expect(chosen.lead.low).toBeGreaterThan(0.1);
  expect(chosen.leadOverNext.mean).toBeLessThan(chosen.lead.mean);
  expect(told.at(-1)).toBe(1);

  const right = pairs.filter(({ a, b }) => {
    const [first, second] = [answers[a], answers[b]];
    return first && second && linearScore(chosen, first) > linearScore(chosen, second) === first.worth > second.worth;
  });
  expect(right.length / pairs.length).toBeGreaterThan(0.85);
});

test("where nothing is to be found, the plainest recipe is not far behind whichever wins", async () => {
  const shuffled = pairs.map((pair) => ({ ...pair, target: random.uniform() < 0.5 ? 0 : 1 }));
  const chosen = await chooseHead({ tf, answers, pairs: shuffled, folds: 5 });
  const plain = chosen.tried.find(({ recipe }) => recipe === "base");
  expect((plain?.logLoss ?? 9) - (chosen.tried[0]?.logLoss ?? 0)).toBeLessThan(0.03);
});

test("whole clusters are dealt out to folds of about equal size, whatever the order", () => {
  const clusters = [..."aaaaabbbccdeeee"];
  const { folds, of } = groupedFolds(clusters, 3);
  const byCluster = new Map(clusters.map((cluster, i) => [cluster, of[i]]));
  expect(clusters.every((cluster, i) => byCluster.get(cluster) === of[i])).toBe(true);
  expect([0, 1, 2].map((fold) => of.filter((one) => one === fold).length)).toEqual([5, 5, 5]);
  expect(groupedFolds(clusters.toReversed(), 3).of.toReversed()).toEqual(of);
  expect(folds).toBe(3);
  expect(groupedFolds(["x", "x", "y"], 5).folds).toBe(2);
});

test("a product computed block by block is that with the stored matrix", () => {
  const some = answers.slice(0, 30);
  const tables = (["length", "bag", "mean"] as const).map((block) => blockTable(tf, block, some, 2 ** 16));
  const vector = Float64Array.from(random.normals(30, 1));
  const [stored, computed] = [gramOf(tables, 30).apply(vector), gramOf(tables, 30, 0).apply(vector)];
  for (const [i, value] of stored.entries()) expect(computed[i]).toBeCloseTo(value, 2);
});
