import { RewardSpec, RlooSpec } from "@touchstone/contracts";
import { openEngine } from "@touchstone/engine";
import { expect, it } from "vitest";
import { optimised, practiceModel } from "./experiment.ts";
import { figuresOf, uses } from "./figures.ts";

const quick = {
  judged: 160,
  measured: 64,
  preset: {
    reward: RewardSpec.parse({ trainer: "reward" }),
    policy: RlooSpec.parse({ trainer: "rloo", steps: 40, learningRate: 1e-3, evaluateEvery: 100 }),
  },
};

it("a round of policy optimisation raises the hidden utility of answers to prompts that nobody trained on", async () => {
  const rows = await optimised(await openEngine(), await practiceModel(), quick, 1, () => undefined);
  const figures = figuresOf([rows]);
  expect(uses.map((use) => figures[use].prompts)).toEqual([16, 16, 16, 16]);
  expect(figures.all.gain.mean).toBeGreaterThan(0);
  // Every metric is a mean over the samples of its own use, and the policy was able to answer before.
  for (const use of uses) expect(figures[use].before.mean).toBeGreaterThan(0);
});
