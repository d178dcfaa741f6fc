import type { Tensor } from "@tensorflow/tfjs";
import { describe, expect, test } from "vitest";
import { adamw } from "./adamw.ts";
import { openEngine } from "./open-engine.ts";
import { causalAttention } from "./ops/causal-attention.ts";
import { gelu } from "./ops/gelu.ts";
import { layerNorm } from "./ops/layer-norm.ts";
import { rmsNorm } from "./ops/rms-norm.ts";
import { rotary } from "./ops/rotary.ts";
import { swiglu } from "./ops/swiglu.ts";
import { tokenLogProbs } from "./ops/token-log-probs.ts";
import { seededRandom } from "./seeded-random.ts";
import type { TensorFlow } from "./tensorflow.ts";

/** tfjs-node has none of our kernels: there the ops are composed of its own, and these tests hold them to the same values. */
const { backend, tf: native } = await openEngine({ prefer: "node" });
const missing = backend !== "node";

const tokens = Int32Array.from({ length: 48 }, (_, row) => row % 8);

/** Each takes x, (2, 6, 4, 8), and has a value of any shape. */
const ops: Record<string, (tf: TensorFlow, x: Tensor) => Tensor> = {
  rmsNorm: (tf, x) => rmsNorm(tf, x, tf.linspace(0.5, 1.5, 8)),
  layerNorm: (tf, x) => layerNorm(tf, x, tf.linspace(0.5, 1.5, 8), tf.linspace(-1, 1, 8)),
  gelu: (tf, x) => gelu(tf, x),
  swiglu: (tf, x) => swiglu(tf, x, x.mul(0.5)),
  rotary: (tf, x) => {
    const angles = tf.linspace(0, 3, 24).as2D(6, 4);
    return rotary(tf, x.as4D(2, 6, 4, 8), angles.cos(), angles.sin());
  },
  causalAttention: (tf, x) => {
    const q = x.as4D(2, 6, 4, 8);
    const groups = q.slice([0, 0, 0, 0], [2, 6, 2, 8]);
    return causalAttention(tf, q, groups, groups.mul(0.7));
  },
  tokenLogProbs: (tf, x) => tokenLogProbs(tf, x.as2D(48, 8), tf.tensor1d(tokens, "int32")),
  "the gradient of gathered rows": (tf, x) => tf.gather(x.as2D(48, 8), tf.tensor1d([3, 3, 47, 0], "int32")),
  "transposed products": (tf, x) => tf.matMul(x.as2D(8, 48), x.as2D(8, 48), true, false).mul(0.1),
};

describe.skipIf(missing)("tfjs-node", () => {
  test.each(Object.entries(ops))("%s has the values and gradients of plain JavaScript", async (_, run) => {
    const values = seededRandom("tfjs-node").normals(384);
    const onEngine = async (prefer: "node" | "cpu") => {
      const { tf } = await openEngine({ prefer });
      const before = tf.memory().numTensors;
      const x = tf.tensor(values, [2, 6, 4, 8]);
      const value = tf.tidy(() => run(tf, x).dataSync());
      const slope = tf.tidy(() =>
        tf
          .grad((given) => run(tf, given).square().sum())(x)
          .dataSync(),
      );
      x.dispose();
      expect(tf.memory().numTensors).toBe(before);
      return { value, slope };
    };
    const [actual, expected] = [await onEngine("node"), await onEngine("cpu")];
    expectClose(actual.value, expected.value, 1e-5);
    expectClose(actual.slope, expected.slope, 2e-5);
  });

  test("AdamW takes PyTorch's step: 1 − rate·decay − rate after the first gradient, whatever its size", async () => {
    const { tf } = await openEngine({ prefer: "node" });
    const weight = tf.variable(tf.scalar(1));
    const optimiser = adamw(tf, new Map([["weight", weight]]), { weightDecay: 0.01 });
    expect(optimiser.step({ weight: tf.scalar(4) }, 0.1)).toBeCloseTo(4, 6);
    expect(weight.dataSync()[0]).toBeCloseTo(1 - 0.1 * 0.01 - 0.1, 6);
  });

  test("the same product twice has the same bits", () => {
    const x = native.tensor2d(seededRandom("bits").normals(300 * 200), [300, 200]);
    const product = () => Buffer.from(x.matMul(x, true, false).dataSync().buffer).toString("base64");
    expect(product()).toBe(product());
  });
});

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  const scale = Math.max(...Array.from(expected, Math.abs));
  const worst = Math.max(...Array.from(actual, (value, index) => Math.abs(value - (expected[index] ?? Number.NaN))));
  expect(worst / scale).toBeLessThan(tolerance);
}
