import { expect, it } from "vitest";
import { engine, prompts, texts, train } from "./tiny-world.fixture.ts";

/** Tensors and bytes in the engine after each step that is named. */
function memoryAt(steps: readonly number[]) {
  const seen = new Map<number, { numTensors: number; numBytes: number }>();
  const onMetric = (step: number) => {
    if (!steps.includes(step) || seen.has(step)) return;
    const { numTensors, numBytes } = engine.tf.memory();
    seen.set(step, { numTensors, numBytes });
  };
  return { seen, onMetric };
}

const rarely = { evaluateEvery: 1_000_000, checkpointEvery: 1_000_000 };

it("10,000 steps leave not one tensor behind", async () => {
  const before = engine.tf.memory().numTensors;
  const { seen, onMetric } = memoryAt([10, 10_000]);
  const spec = { trainer: "pretrain", steps: 10_000, batchSize: 1, ...rarely } as const;
  const model = { context: 8, vocab: 262, layers: 1, heads: 1, kvHeads: 1, width: 8, hidden: 8 };
  await train({ ...spec, model }, { texts }, { policy: undefined }, { onMetric });
  expect(seen.get(10_000)).toEqual(seen.get(10));
  expect(engine.tf.memory().numTensors).toBe(before);
}, 240_000);

it("nor do steps that draw answers, evaluate and keep checkpoints", async () => {
  const before = engine.tf.memory().numTensors;
  const { seen, onMetric } = memoryAt([10, 60]);
  const judge = { name: "length", score: (items: readonly { text: string }[]) => items.map(({ text }) => text.length) };
  const spec = { trainer: "rloo", steps: 60, batchSize: 2, samplesPerPrompt: 2, maxNewTokens: 4 } as const;
  const frequent = { evaluateEvery: 3, checkpointEvery: 3 };
  await train({ ...spec, ...frequent }, { prompts }, {}, { judge, onMetric, onCheckpoint: () => undefined });
  expect(seen.get(60)?.numTensors).toBe(seen.get(10)?.numTensors);
  expect(engine.tf.memory().numTensors).toBe(before);
});
