import type { Tensor } from "@tensorflow/tfjs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type KernelEngine, kernelEngines } from "../kernel-engines.fixture.ts";
import { openEngine } from "../open-engine.ts";
import { seededRandom } from "../seeded-random.ts";
import type { TensorFlow } from "../tensorflow.ts";
import { causalAttention } from "./causal-attention.ts";
import { gelu } from "./gelu.ts";
import { layerNorm } from "./layer-norm.ts";
import { rmsNorm } from "./rms-norm.ts";
import { rotary } from "./rotary.ts";
import { swiglu } from "./swiglu.ts";
import { tokenLogProbs } from "./token-log-probs.ts";

const random = seededRandom("fused ops");

interface Case {
  readonly op: string;
  readonly shapes: readonly (readonly number[])[];
  readonly run: (tf: TensorFlow, inputs: readonly Tensor[]) => Tensor;
}

const four = (tensor: Tensor | undefined) => {
  if (tensor === undefined) throw new Error("a case has too few shapes");
  const [a = 1, b = 1, c = 1, d = 1] = tensor.shape;
  return tensor.as4D(a, b, c, d);
};
const given = (tensor: Tensor | undefined) => {
  if (tensor === undefined) throw new Error("a case has too few shapes");
  return tensor;
};

function attention(batch: number, queries: number, keys: number, heads: number, groups: number, size: number): Case {
  return {
    op: `causalAttention, batch ${batch}, ${queries} queries, ${keys} keys, ${heads} heads in ${groups} groups of ${size}`,
    shapes: [
      [batch, queries, heads, size],
      [batch, keys, groups, size],
      [batch, keys, groups, size],
    ],
    run: (tf, [q, k, v]) => causalAttention(tf, four(q), four(k), four(v)),
  };
}

function rotation(shape: readonly [number, number, number, number], interleaved: boolean, perRow: boolean): Case {
  const [batch, positions, , size] = shape;
  const table = perRow ? [batch, positions, size / 2] : [positions, size / 2];
  const angles = random.normals(table.reduce((product, extent) => product * extent, 1));
  return {
    op: `rotary of [${shape}]${interleaved ? ", interleaved" : ""}${perRow ? ", angles a row" : ""}`,
    shapes: [shape],
    run: (tf, [x]) =>
      rotary(tf, four(x), tf.tensor(angles, table).cos(), tf.tensor(angles, table).sin(), { interleaved }),
  };
}

function logProbs(rows: number, vocabulary: number): Case {
  const tokens = Int32Array.from({ length: rows }, () => random.int(vocabulary));
  return {
    op: `tokenLogProbs, ${rows} rows of ${vocabulary}`,
    shapes: [[rows, vocabulary]],
    run: (tf, [logits]) => tokenLogProbs(tf, given(logits).as2D(rows, vocabulary), tf.tensor1d(tokens, "int32")),
  };
}

const cases: readonly Case[] = [
  ...[
    [5, 8],
    [3, 2, 7],
    [1, 2],
    [4, 66],
    [3, 288],
  ].map(
    (shape): Case => ({
      op: `rmsNorm of [${shape}]`,
      shapes: [shape, shape.slice(-1)],
      run: (tf, [x, gain]) => rmsNorm(tf, given(x), given(gain)),
    }),
  ),
  ...[
    [5, 8],
    [3, 2, 7],
    [4, 66],
    [3, 288],
  ].map(
    (shape): Case => ({
      op: `layerNorm of [${shape}]`,
      shapes: [shape, shape.slice(-1), shape.slice(-1)],
      run: (tf, [x, gain, bias]) => layerNorm(tf, given(x), given(gain), given(bias)),
    }),
  ),
  {
    op: "layerNorm without bias",
    shapes: [[5, 8], [8]],
    run: (tf, [x, gain]) => layerNorm(tf, given(x), given(gain)),
  },
  ...[[5, 8], [3, 7], [1], [3, 37]].map(
    (shape): Case => ({
      op: `gelu of [${shape}]`,
      shapes: [shape],
      run: (tf, [x]) => gelu(tf, given(x)),
    }),
  ),
  ...[[5, 8], [3, 7], [1], [3, 37]].map(
    (shape): Case => ({
      op: `swiglu of [${shape}]`,
      shapes: [shape, shape],
      run: (tf, [gate, up]) => swiglu(tf, given(gate), given(up)),
    }),
  ),
  rotation([2, 5, 3, 8], false, false),
  rotation([2, 5, 3, 8], true, false),
  rotation([2, 3, 1, 6], false, true),
  rotation([2, 3, 2, 2], true, true),
  attention(2, 5, 5, 2, 2, 8),
  attention(1, 17, 17, 4, 2, 4),
  attention(2, 8, 8, 2, 1, 12),
  attention(1, 3, 11, 2, 2, 8),
  attention(1, 1, 1, 1, 1, 4),
  attention(1, 4, 4, 1, 1, 6),
  attention(1, 37, 45, 2, 1, 20),
  attention(1, 33, 33, 2, 2, 48),
  logProbs(5, 8),
  logProbs(3, 1),
  logProbs(7, 33),
  logProbs(3, 150),
];

describe.each(kernelEngines.flatMap((one) => cases.map((each) => ({ ...one, ...each }))))("$op on $engine", (each) => {
  const { engine: own, missing, shapes, run } = each;
  const inputs = shapes.map((shape) => ({
    shape,
    values: random.normals(shape.reduce((size, extent) => size * extent, 1)),
  }));
  const weights = random.normals(4096);

  /** The op's values and the gradients of a random weighting of them. */
  async function valuesAndGradients(engine: KernelEngine | "cpu") {
    const { tf } = await openEngine({ prefer: engine });
    const before = tf.memory().numTensors;
    const tensors = inputs.map(({ shape, values }) => tf.tensor(values, [...shape]));
    const weighted = (...given: Tensor[]) => {
      const out = run(tf, given).flatten();
      return out
        .mul(tf.tensor1d(weights.subarray(0, out.size)))
        .sum()
        .asScalar();
    };
    const values = tf.tidy(() => run(tf, tensors).dataSync());
    const gradients = tf.tidy(() =>
      tf
        .grads(weighted)(tensors)
        .map((tensor) => tensor.dataSync()),
    );
    const at = (changed: readonly Float32Array[]) =>
      tf.tidy(
        () =>
          weighted(...changed.map((value, index) => tf.tensor(value, [...(shapes[index] ?? [])]))).dataSync()[0] ?? 0,
      );
    const difference = gradients.map((_, input) => directional(at, input));
    tf.dispose(tensors);
    return { values, gradients, difference, leaked: tf.memory().numTensors - before };
  }

  /** Central difference along a fixed direction of one input, beside that direction. */
  function directional(at: (changed: readonly Float32Array[]) => number, input: number) {
    const step = 1e-2;
    const direction = weights.subarray(100, 100 + (inputs[input]?.values.length ?? 0));
    const moved = (by: number) =>
      at(
        inputs.map(({ values }, index) =>
          index === input ? values.map((value, i) => value + by * (direction[i] ?? 0)) : values,
        ),
      );
    return { direction, slope: (moved(step) - moved(-step)) / (2 * step) };
  }

  let actual: Awaited<ReturnType<typeof valuesAndGradients>>;
  let cpu: typeof actual;
  beforeAll(async () => {
    if (missing) return;
    cpu = await valuesAndGradients("cpu");
    actual = await valuesAndGradients(own);
  });

  test.skipIf(missing)("equals its definition on the plain JavaScript back end, gradients included", () => {
    expectClose(actual.values, cpu.values, 1e-5);
    for (const [index, gradient] of actual.gradients.entries()) expectClose(gradient, cpu.gradients[index] ?? [], 2e-5);
  });

  test.skipIf(missing)("its gradient is the slope that finite differences find", () => {
    for (const [index, { direction, slope }] of actual.difference.entries()) {
      const gradient = actual.gradients[index] ?? [];
      const along = direction.reduce((sum, value, i) => sum + value * (gradient[i] ?? 0), 0);
      const size = Math.hypot(...direction) * Math.hypot(...gradient);
      expect(Math.abs(along - slope)).toBeLessThan(3e-3 * size + 3e-3);
    }
  });

  test.skipIf(missing)("leaves no tensor behind", () => {
    expect(actual.leaked).toBe(0);
  });
});

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length);
  const scale = Math.max(...Array.from(expected, Math.abs), 1e-6);
  const worst = Math.max(...Array.from(actual, (value, i) => Math.abs(value - (expected[i] ?? Number.NaN))));
  expect(worst / scale).toBeLessThanOrEqual(tolerance);
}

afterAll(async () => {
  await openEngine({ prefer: "wasm" });
});
