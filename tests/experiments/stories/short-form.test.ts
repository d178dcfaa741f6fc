import { openEngine } from "@touchstone/engine";
import type { Files } from "@touchstone/rlhf";
import { beforeAll, describe, expect, it } from "vitest";
import { hasReferenceData } from "../../harness/reference-data.ts";
import { optimise } from "./frontier.ts";
import { figuresOf, leadOf, measure } from "./measure.ts";
import { fromStored, grouped, onPolicy } from "./recipes.ts";
import { bestBesideWorst, bestQuarter, learnFrom, type Scored, storedCompletions } from "./stored.ts";
import { storyModel } from "./story-model.ts";

const engine = await openEngine();
const quick = { steps: 6, learningRate: 1e-3, evaluationPrompts: 8, evaluateEvery: 100 };

describe.skipIf(!hasReferenceData)("a really pretrained model under a programmatic reward", () => {
  let start: Files;
  beforeAll(async () => {
    start = await storyModel();
  });

  it.each(Object.entries({ ...onPolicy, ...grouped }))(
    "%s gains on it, and moves away from where it started",
    async (_, recipe) => {
      const before = await measure(engine, start, start, 1, 1);
      const { rows } = await optimise(engine, start, { ...recipe, ...quick }, 1, 1);
      expect(leadOf(rows, before).mean).toBeGreaterThan(0.2);
      const { kl } = figuresOf(rows);
      expect(kl.mean).toBeGreaterThan(0.1);
      for (const { kl: distance } of before) expect(Math.abs(distance)).toBeLessThan(1e-3);
    },
  );

  describe("stored completions", () => {
    let stored: Scored[];
    beforeAll(async () => {
      stored = await storedCompletions(engine, start, 480, 1);
    });

    it("are the same for every way of learning, and none is of a test opening", () => {
      expect(stored).toHaveLength(480);
      for (const { promptId } of stored) expect(promptId.startsWith("train/")).toBe(true);
      const cloned = bestQuarter(stored);
      expect(cloned).toHaveLength(120);
      const rewardOf = new Map(stored.map(({ text, reward }) => [text, reward]));
      const worst = Math.min(...cloned.map(({ text }) => rewardOf.get(text) ?? 0));
      const better = stored.filter(({ reward }) => reward > worst);
      expect(better.length).toBeLessThanOrEqual(120);
      for (const { a, b } of bestBesideWorst(stored)) {
        expect(rewardOf.get(a.text)).toBeGreaterThan(rewardOf.get(b.text) ?? 0);
      }
    });

    it("teach DPO to gain on the rule", async () => {
      const files = await learnFrom(engine, start, stored, { ...fromStored.dpo, learningRate: 1e-3 }, 1);
      const before = await measure(engine, start, start, 1, 1);
      expect(leadOf(await measure(engine, files, start, 1, 1), before).mean).toBeGreaterThan(0.1);
    });
  });
});
