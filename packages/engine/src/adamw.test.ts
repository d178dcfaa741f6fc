import { beforeEach, describe, expect, test } from "vitest";
import { type AdamW, type AdamWSettings, adamw } from "./adamw.ts";
import { DivergenceError } from "./divergence-error.ts";
import { kernelEngines } from "./kernel-engines.fixture.ts";
import { openEngine } from "./open-engine.ts";
import { seededRandom } from "./seeded-random.ts";

const engines = [{ engine: "cpu", missing: false } as const, ...kernelEngines];

describe.each(engines)("AdamW on $engine", ({ engine: prefer, missing }) => {
  beforeEach(({ skip }) => skip(missing, "the native accelerator is not built"));
  const open = async () => (await openEngine({ prefer })).tf;
  const trained = async (settings: AdamWSettings, gradients: readonly number[], weight = 1) => {
    const tf = await open();
    const w = tf.variable(tf.tensor1d([weight]));
    const optimiser = adamw(tf, new Map([["w", w]]), settings);
    for (const gradient of gradients) optimiser.step({ w: tf.tensor1d([gradient]) }, 0.1);
    const [value = Number.NaN] = w.dataSync();
    optimiser.dispose();
    return value;
  };

  test("the first step moves by rate · g/(|g| + ε), whatever the gradient's size", async () => {
    // m/(1 − β₁) = g and √(v/(1 − β₂)) = |g|, so w = 1 − 0.1 · 3/(3 + ε).
    expect(await trained({ weightDecay: 0 }, [3])).toBeCloseTo(0.9, 6);
    expect(await trained({ weightDecay: 0 }, [-0.001])).toBeCloseTo(1.1, 4);
  });

  test("ε is added outside the root and after the bias correction, like PyTorch's", async () => {
    // With ε = 1 and g = 3: 0.1 · 3/(3 + 1) = 0.075; inside the root it would be 0.1 · 3/√(9 + 1) = 0.0949.
    expect(await trained({ weightDecay: 0, epsilon: 1 }, [3])).toBeCloseTo(0.925, 6);
  });

  test("three steps give the values of the published recurrence, decay included", async () => {
    const gradients = [3, -1, 0.5];
    let [w, m, v] = [1, 0, 0];
    for (const [index, g] of gradients.entries()) {
      const t = index + 1;
      w *= 1 - 0.1 * 0.05;
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      w -= (0.1 * (m / (1 - 0.9 ** t))) / (Math.sqrt(v / (1 - 0.999 ** t)) + 1e-8);
    }
    expect(await trained({ weightDecay: 0.05 }, gradients)).toBeCloseTo(w, 5);
  });

  test("gradients longer than the limit are scaled to it together, and the norm before is reported", async () => {
    const tf = await open();
    const variables = new Map([
      ["a", tf.variable(tf.zeros([1]))],
      ["b", tf.variable(tf.zeros([6]))],
    ]);
    // With β = 0 and a huge ε a step is rate·g/ε: it shows the clipped gradient itself.
    const optimiser = adamw(tf, variables, { beta1: 0, beta2: 0, epsilon: 1e6, weightDecay: 0 });
    const gradients = { a: tf.tensor1d([3]), b: tf.tensor1d([4, 0, 0, 0, 0, 0]) };
    expect(optimiser.step(gradients, 1e6, 1)).toBeCloseTo(5, 6);
    expect(variables.get("a")?.dataSync()[0]).toBeCloseTo(-0.6, 4);
    expect(variables.get("b")?.dataSync()[0]).toBeCloseTo(-0.8, 4);
  });

  test("a gradient that is not finite is refused and changes nothing", async () => {
    const tf = await open();
    const w = tf.variable(tf.tensor1d([1, 2]));
    const optimiser = adamw(tf, new Map([["w", w]]));
    expect(() => optimiser.step({ w: tf.tensor1d([Number.NaN, 1]) }, 0.1)).toThrow(DivergenceError);
    expect([...w.dataSync()]).toEqual([1, 2]);
    expect(optimiser.steps).toBe(0);
  });

  test("restored from its state it goes on bit for bit", async () => {
    const tf = await open();
    const random = seededRandom(3);
    const gradients = Array.from({ length: 6 }, () => random.normals(7));
    const run = (optimiser: AdamW, from: number, to: number) => {
      for (const gradient of gradients.slice(from, to)) optimiser.step({ w: tf.tensor1d(gradient) }, 0.01, 1);
    };
    const whole = tf.variable(tf.ones([7]));
    run(adamw(tf, new Map([["w", whole]])), 0, 6);

    const broken = tf.variable(tf.ones([7]));
    const before = adamw(tf, new Map([["w", broken]]));
    run(before, 0, 3);
    const resumed = tf.variable(tf.tensor1d(broken.dataSync()));
    const after = adamw(tf, new Map([["w", resumed]]));
    after.restore(before.state());
    run(after, 3, 6);
    expect([...resumed.dataSync()]).toEqual([...whole.dataSync()]);
  });

  test("a clone taken before a step keeps its values", async () => {
    const tf = await open();
    const policy = tf.variable(tf.tensor1d([1, 2, 3, 4, 5]));
    const reference = policy.clone();
    adamw(tf, new Map([["w", policy]])).step({ w: tf.ones([5]) }, 0.1);
    expect([...reference.dataSync()]).toEqual([1, 2, 3, 4, 5]);
    expect(policy.dataSync()[0]).toBeLessThan(1);
  });

  test("a step leaves no tensor behind", async () => {
    const tf = await open();
    const w = tf.variable(tf.ones([9]));
    const optimiser = adamw(tf, new Map([["w", w]]));
    const gradient = tf.ones([9]);
    optimiser.step({ w: gradient }, 0.1, 1);
    const before = tf.memory().numTensors;
    optimiser.step({ w: gradient }, 0.1, 1);
    expect(tf.memory().numTensors).toBe(before);
  });
});
