import { expect, it } from "vitest";
import { engine, freshPolicy, prompts, train } from "../trainers/tiny-world.fixture.ts";
import { evaluatePolicy } from "./evaluate-policy.ts";

const judge = { name: "length", score: (items: readonly { text: string }[]) => items.map(({ text }) => text.length) };
const asked = { engine, judge, prompts: prompts.slice(0, 20), maxNewTokens: 6, seed: 3 };

it("gives one row a prompt, in order, with the judge's reward of the text", async () => {
  const rows = await evaluatePolicy({ ...asked, policy: freshPolicy, models: {} });
  expect(rows.map(({ promptId }) => promptId)).toEqual(asked.prompts.map(({ promptId }) => promptId));
  for (const { reward, text } of rows) expect(reward).toBe(text.length);
});

it("measures no distance from itself, and a distance from where a trained policy started", async () => {
  const same = await evaluatePolicy({ ...asked, policy: freshPolicy, models: {} });
  for (const { kl } of same) expect(Math.abs(kl)).toBeLessThan(1e-4);
  const spec = { trainer: "rloo", steps: 20, maxNewTokens: 6, beta: 0 } as const;
  const { files, metrics } = await train(spec, { prompts }, {}, { judge });
  const moved = await evaluatePolicy({ ...asked, policy: files, models: { reference: freshPolicy } });
  const mean = moved.reduce((sum, { kl }) => sum + kl, 0) / moved.length;
  expect(mean).toBeGreaterThan(0.1);
  // What the trainer itself says of its held-out prompts.
  expect(Math.abs(mean - (metrics["heldout.kl"] ?? 0))).toBeLessThan(0.5 * (metrics["heldout.kl"] ?? 0));
});

it("leaves nothing in the engine", async () => {
  const before = engine.tf.memory().numTensors;
  await evaluatePolicy({ ...asked, policy: freshPolicy, models: {} });
  expect(engine.tf.memory().numTensors).toBe(before);
});
