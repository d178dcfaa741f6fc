import { beforeAll, describe, expect, it } from "vitest";
import { type ArgumentPair, readArgumentPairs } from "../../harness/argument-pairs.ts";
import { hasReferenceData } from "../../harness/reference-data.ts";
import { type Laboratory, withLaboratory } from "../laboratory.ts";
import { allFigures } from "./figures.ts";
import { importArguments, pretrainOn, rewardOn } from "./fold.ts";
import type { Recipe } from "./recipe.ts";
import { topicsOfFold } from "./topics.ts";

/** Enough to see in which direction it goes; the figures are those of `npm run experiment -- reward-on-arguments`. */
const quick: Recipe = {
  seed: 1,
  pretrain: {
    steps: 5,
    batchSize: 8,
    heldOut: 0,
    model: { vocab: 512, context: 320, layers: 1, width: 32, hidden: 64 },
  },
  reward: { likelihood: 0, batchSize: 16, epochs: 0.2, learningRate: 3e-3 },
};

describe.skipIf(!hasReferenceData)("a reward model from published votes, topics held out", () => {
  let pairs: ArgumentPair[];
  beforeAll(async () => {
    const all = await readArgumentPairs();
    const topics = new Set([...topicsOfFold(all, 0, 6), ...topicsOfFold(all, 1, 6), ...topicsOfFold(all, 2, 6)]);
    pairs = all.filter(({ title }, index) => topics.has(title) && index % 4 === 0);
  });

  const inLaboratory = <T>(work: (laboratory: Laboratory) => Promise<T>) => withLaboratory(1, () => undefined, work);

  it(
    "never lets a held-out topic into pretraining or training, and says better than chance what convinces in it",
    () =>
      inLaboratory(async (laboratory) => {
        const heldOut = topicsOfFold(pairs, 0, 3);
        expect(heldOut.size).toBe(2);
        const projectId = await importArguments(laboratory, "Short form", pairs, heldOut);

        const prompts = await laboratory.db.prompt.findMany({ where: { projectId } });
        expect(prompts).toHaveLength(12);
        for (const { cluster, split } of prompts) expect(split).toBe(heldOut.has(cluster) ? "test" : "train");

        const training = pairs.filter(({ title }) => !heldOut.has(title));
        const texts = new Set(training.flatMap(({ a1, a2 }) => [a1, a2]));
        const policyId = await pretrainOn(laboratory, projectId, quick);
        const { model: policy } = await laboratory.admin.getModelLineage({ params: { id: policyId } });
        expect(policy.metrics).toMatchObject({ texts: texts.size });

        const { votes, metrics } = await rewardOn(laboratory, projectId, policyId, quick);
        const votesOn = (some: readonly ArgumentPair[]) => some.reduce((sum, pair) => sum + pair.votes.length, 0);
        expect(Number(metrics.labels) + Number(metrics.labelsTooLong)).toBe(votesOn(training));
        const known = new Map(pairs.map((pair) => [pair.id, pair]));
        for (const { pairId } of votes) expect(heldOut).toContain(known.get(pairId)?.title);
        const { gold } = allFigures(votes, pairs);
        expect(gold.sides).toBe(4);
        expect(gold.accuracy.model.value).toBeGreaterThan(0.6);
        expect(gold.accuracy.model.value).toBeGreaterThan(gold.accuracy.untrained.value);
      }),
    240_000,
  );
});
