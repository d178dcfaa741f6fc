import type { Tensor } from "@tensorflow/tfjs";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { type KernelEngine, kernelEngines } from "../kernel-engines.fixture.ts";
import { openEngine } from "../open-engine.ts";
import { seededRandom } from "../seeded-random.ts";
import type { TensorFlow } from "../tensorflow.ts";

const random = seededRandom("replaced kernels");

interface Case {
  readonly op: string;
  readonly shapes: readonly (readonly number[])[];
  readonly run: (tf: TensorFlow, inputs: readonly Tensor[]) => readonly Tensor[];
  /** The stock gradient of a broadcast product does not add up over the batch; only values are compared then. */
  readonly differentiable?: false;
}

const sizeOf = (shape: readonly number[]) => shape.reduce((size, extent) => size * extent, 1);
const need = (tensor: Tensor | undefined): Tensor => {
  if (tensor === undefined) throw new Error("a case has too few shapes");
  return tensor;
};

function product(left: readonly number[], right: readonly number[], transposeA = false, transposeB = false): Case {
  const broadcast = left.slice(0, -2).join() !== right.slice(0, -2).join();
  return {
    op: `matMul [${left}]${transposeA ? "ᵀ" : ""} · [${right}]${transposeB ? "ᵀ" : ""}`,
    shapes: [left, right],
    run: (tf, [a, b]) => [tf.matMul(need(a), need(b), transposeA, transposeB)],
    ...(broadcast ? { differentiable: false } : {}),
  };
}

/** All four ways to transpose, for a product of m × k by k × n. */
function products(batch: readonly number[], m: number, k: number, n: number): Case[] {
  return [false, true].flatMap((a) =>
    [false, true].map((b) => product([...batch, ...(a ? [k, m] : [m, k])], [...batch, ...(b ? [n, k] : [k, n])], a, b)),
  );
}

function lookUp(shape: readonly number[], indices: readonly number[], indexShape: readonly number[], axis = 0): Case {
  return {
    op: `gather of [${shape}] by [${indexShape}] along ${axis}`,
    shapes: [shape],
    run: (tf, [x]) => [tf.gather(need(x), tf.tensor([...indices], [...indexShape], "int32"), axis)],
  };
}

function pieces(shape: readonly number[], sizes: number | number[], axis: number): Case {
  return {
    op: `split of [${shape}] into ${sizes} along ${axis}`,
    shapes: [shape],
    run: (tf, [x]) => tf.split(need(x), sizes, axis),
  };
}

function joined(shapes: readonly (readonly number[])[], axis: number): Case {
  return {
    op: `concat of ${JSON.stringify(shapes)} along ${axis}`,
    shapes,
    run: (tf, all) => [tf.concat([...all], axis)],
  };
}

const cases: readonly Case[] = [
  ...products([], 3, 5, 2),
  ...products([], 1, 1, 1),
  ...products([], 33, 9, 17),
  ...products([], 5, 300, 9), // more than one block of depth
  ...products([], 4, 8, 520), // more than one block of width
  ...products([], 21, 401, 50), // the same for wider vectors, with every remainder of rows and columns
  ...products([], 9, 1030, 20), // rows far apart
  ...products([3], 7, 6, 5),
  ...products([2, 3], 4, 4, 8),
  product([2, 1, 3, 4], [1, 4, 2]),
  product([4, 3, 5], [5, 6]),
  product([6, 5], [3, 1, 5, 4]),
  lookUp([5, 3], [4, 0, 4, 2], [2, 2]),
  lookUp([5], [1, 1, 1], [3]),
  lookUp([2, 5, 3], [4, 0], [2], 1),
  pieces([4, 9], 3, 1),
  pieces([4, 9], 3, -1),
  pieces([6, 2, 3], [1, 2, 3], 0),
  pieces([2, 7, 3], [2, -1], 1),
  joined(
    [
      [2, 3],
      [2, 5],
      [2, 1],
    ],
    1,
  ),
  joined(
    [
      [2, 3],
      [4, 3],
    ],
    0,
  ),
  joined(
    [
      [2, 3, 1],
      [2, 1, 1],
    ],
    -2,
  ),
];

async function observe(
  engine: KernelEngine | "cpu",
  { shapes, run, differentiable }: Case,
  inputs: readonly Float32Array[],
) {
  const { tf } = await openEngine({ prefer: engine });
  const before = tf.memory().numTensors;
  const tensors = inputs.map((values, index) => tf.tensor(values, [...(shapes[index] ?? [])]));
  const values = tf.tidy(() => run(tf, tensors).map((tensor) => tensor.dataSync()));
  // The weights make the slope of every output element its own, so that a mix-up of elements shows.
  const weighted = (...given: Tensor[]) =>
    tf
      .addN(
        run(tf, given).map((out) =>
          out
            .flatten()
            .mul(tf.range(1, 1 + out.size))
            .sum(),
        ),
      )
      .asScalar();
  const gradients =
    differentiable === false
      ? []
      : tf.tidy(() =>
          tf
            .grads(weighted)(tensors)
            .map((g) => g.dataSync()),
        );
  tf.dispose(tensors);
  return { values, gradients, leaked: tf.memory().numTensors - before };
}

describe.each(kernelEngines.flatMap((one) => cases.map((each) => ({ ...one, ...each }))))("$op on $engine", (each) => {
  const inputs = each.shapes.map((shape) => random.normals(sizeOf(shape)));

  test.skipIf(each.missing)("equals plain JavaScript, gradients included, and leaves no tensor behind", async () => {
    const expected = await observe("cpu", each, inputs);
    const actual = await observe(each.engine, each, inputs);
    expect(actual.values.length).toBe(expected.values.length);
    for (const [index, values] of actual.values.entries()) expectClose(values, expected.values[index] ?? []);
    for (const [index, values] of actual.gradients.entries()) expectClose(values, expected.gradients[index] ?? []);
    expect(actual.leaked).toBe(0);
  });
});

describe.each(kernelEngines)("on the $engine engine", ({ engine, missing }) => {
  beforeEach(({ skip }) => skip(missing, "the native accelerator is not built"));

  test("batches broadcast on both sides, where the stock back ends give a wrong shape", async () => {
    const { tf } = await openEngine({ prefer: engine });
    const a = tf.tensor4d(random.normals(24), [2, 1, 3, 4]);
    const b = tf.tensor3d(random.normals(40), [5, 4, 2]);
    const all = tf.matMul(a, b);
    expect(all.shape).toEqual([2, 5, 3, 2]);
    for (const [i, j] of [
      [0, 0],
      [0, 4],
      [1, 2],
    ].map(([i = 0, j = 0]) => [i, j] as const)) {
      const one = tf.matMul(a.slice([i], [1]).as2D(3, 4), b.slice([j], [1]).as2D(4, 2));
      expect([...all.slice([i, j], [1, 1]).dataSync()]).toEqual([...one.dataSync()]);
    }
  });

  test("the gradient of a look-up adds the slopes of equal indices, in order", async () => {
    const { tf } = await openEngine({ prefer: engine });
    const slope = tf.tidy(() => {
      const rows = tf.tensor1d([2, 0, 2], "int32");
      const weights = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]);
      return tf
        .grad((table) => tf.gather(table, rows).mul(weights).sum())(tf.zeros([4, 2]))
        .arraySync();
    });
    expect(slope).toEqual([
      [3, 4],
      [0, 0],
      [6, 8],
      [0, 0],
    ]);
  });

  test("an index outside the table is refused, and nothing leaks", async () => {
    const { tf } = await openEngine({ prefer: engine });
    const table = tf.zeros([4, 2]);
    const before = tf.memory().numTensors;
    expect(() => tf.tidy(() => tf.gather(table, tf.tensor1d([0, 4], "int32")))).toThrow("position 1 is not in [0, 3]");
    expect(tf.memory().numTensors).toBe(before);
  });

  test("a clone shares its values without copying, and outlives the original", async () => {
    const { tf } = await openEngine({ prefer: engine });
    const original = tf.tensor1d([1, 2, 3]);
    const buffers = tf.memory().numDataBuffers;
    const clone = original.clone();
    expect(tf.memory().numDataBuffers).toBe(buffers);
    original.dispose();
    expect([...clone.dataSync()]).toEqual([1, 2, 3]);
  });

  test("a token outside the vocabulary is refused with its position", async () => {
    const { tokenLogProbs } = await import("../ops/token-log-probs.ts");
    const { tf } = await openEngine({ prefer: engine });
    const logits = tf.zeros([2, 3]).as2D(2, 3);
    expect(() => tokenLogProbs(tf, logits, tf.tensor1d([0, 3], "int32"))).toThrow(
      "position 1 is not in a vocabulary of 3",
    );
  });
});

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual.length).toBe(expected.length);
  const scale = Math.max(...Array.from(expected, Math.abs));
  const worst = Math.max(...Array.from(actual, (value, i) => Math.abs(value - (expected[i] ?? Number.NaN))));
  expect(worst).toBeLessThanOrEqual(1e-5 * scale);
}

afterAll(async () => {
  await openEngine({ prefer: "wasm" });
});
