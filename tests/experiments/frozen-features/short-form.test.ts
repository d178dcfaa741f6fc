import { describe, expect, it } from "vitest";
import { hasReferenceData } from "../../harness/reference-data.ts";
import { startOn } from "../cross-validation/reward-from-rows.ts";
import { acrossFolds, withOthersPrompts } from "./experiment.ts";
import { argumentFolds, folds } from "./rows.ts";

/** Keeps nothing: the small model reads an argument in a millisecond. */
const cache = { read: async () => undefined, write: async () => undefined };

describe.skipIf(!hasReferenceData)("a head on frozen features, topics held out", () => {
  it("of a language model of a minute's training still leads “longer wins” by what else it reads", async () => {
    const [first] = await argumentFolds();
    if (!first) throw new Error("there is a fold");
    // Three topics to learn from and one to measure on, a sixth of the votes.
    const learned = [...new Set(first.train.map(({ promptId }) => promptId))].slice(0, 3);
    const train = first.train.filter(({ promptId }, index) => index % 6 === 0 && learned.includes(promptId));
    const [side] = first.test.map(({ promptId }) => promptId);
    const some = { train, test: first.test.filter(({ promptId }) => promptId === side) };
    const topics = new Set(some.test.map(({ prompt }) => prompt[0]?.content.split("\n")[0]));
    for (const { promptId } of some.train) expect(topics).not.toContain(promptId);
    const policy = await startOn(some.train, 1);
    const reading = { policy, name: "small", cache, settings: { context: 128 } };
    const { all, chosen } = await acrossFolds([some], reading, () => undefined);
    expect(all.judged).toBe(some.test.length);
    expect(all.accuracy.model.value).toBeGreaterThan(0.6);
    expect(all.accuracy.model.value).toBeGreaterThan(all.accuracy.bigram.value);
    expect(chosen[0]?.tried).toHaveLength(7);
  });

  it("has a control that gives each pair the prompt of another debate", async () => {
    const all = await argumentFolds();
    expect(all).toHaveLength(folds);
    for (const { test } of all) {
      const own = new Map(test.map(({ judgementId, promptId, prompt }) => [judgementId, { promptId, prompt }]));
      for (const { judgementId, prompt } of withOthersPrompts(test)) {
        expect(prompt).not.toEqual(own.get(judgementId)?.prompt);
      }
    }
  });
});
