import { describe, expect, it } from "vitest";
import { hasReferenceData } from "../../harness/reference-data.ts";
import { compared } from "../cross-validation/compared.ts";
import { topicsOfFold } from "../reward-on-arguments/topics.ts";
import { developmentTopics, folds, oneFold } from "./experiment.ts";
import { readStrictPairs, withPermutedWinners } from "./rows.ts";

describe.skipIf(!hasReferenceData)("a reward model from clear winners, topics held out", () => {
  it("tells winners of topics that it never saw, better than chance, a bag of bigrams and one of permuted winners", async () => {
    const pairs = await readStrictPairs();
    expect(pairs).toHaveLength(8_525);
    const topics = topicsOfFold(pairs, 0, folds);
    for (const title of developmentTopics(pairs)) expect(topics).not.toContain(title);

    const some = pairs.filter((_, index) => index % 3 === 0);
    const { model, control } = await oneFold(some, topics, [1], "fold 0", () => undefined);
    expect(new Set(model.map(({ title }) => title))).toEqual(topics);
    // All but the few that are longer than the context.
    expect(model.length).toBeGreaterThan(0.98 * some.filter(({ title }) => topics.has(title)).length);
    const { accuracy } = compared(model);
    expect(accuracy.model.low).toBeGreaterThan(0.6);
    expect(accuracy.model.value).toBeGreaterThan(accuracy.bigram.value);
    expect(accuracy.model.value).toBeGreaterThan(compared(control).accuracy.model.value);
  });

  it("has a control that changes about half of the winners that are learned from, and none that are measured on", async () => {
    const pairs = (await readStrictPairs()).map((pair, index) => ({
      ...pair,
      split: index % 5 === 0 ? ("test" as const) : ("train" as const),
    }));
    const permuted = withPermutedWinners(pairs, "test");
    const changed = pairs.filter(({ outcome }, index) => permuted[index]?.outcome === -outcome);
    expect(changed.every(({ split }) => split === "train")).toBe(true);
    // 6,820 coins: four standard deviations are 165.
    expect(Math.abs(changed.length - 3_410)).toBeLessThan(165);
  });
});
