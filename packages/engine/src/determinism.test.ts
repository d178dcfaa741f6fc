import { describe, expect, test } from "vitest";
import { adamw, causalAttention, openEngine, rmsNorm, seededRandom, swiglu, tokenLogProbs } from "./index.ts";
import { type KernelEngine, kernelEngines } from "./kernel-engines.fixture.ts";

/** A few steps of a tiny decoder layer from fixed seeds; returns its weights' bytes. */
async function train(prefer: KernelEngine): Promise<string> {
  const { tf } = await openEngine({ prefer });
  const random = seededRandom("determinism");
  const matrix = (rows: number, columns: number) =>
    tf.variable(tf.tensor2d(random.normals(rows * columns, 0.3), [rows, columns]));
  const embedding = matrix(11, 8);
  const [q, k, v, up, down] = [matrix(8, 8), matrix(8, 8), matrix(8, 8), matrix(8, 20), matrix(20, 8)];
  const gain = tf.variable(tf.ones([8]));
  const variables = new Map(Object.entries({ embedding, q, k, v, up, down, gain }));
  const optimiser = adamw(tf, variables);
  for (let step = 0; step < 5; step++) {
    const tokens = tf.tensor1d(
      Int32Array.from({ length: 18 }, () => random.int(11)),
      "int32",
    );
    tf.tidy(() => {
      const { grads } = tf.variableGrads(() => {
        const x = rmsNorm(tf, tf.gather(embedding, tokens), gain).as2D(18, 8);
        const heads = (weights: typeof q) => x.matMul(weights).as4D(2, 9, 2, 4);
        const mixed = causalAttention(tf, heads(q), heads(k), heads(v)).as2D(18, 8);
        const wide = mixed.matMul(up).as2D(18, 20);
        const out = swiglu(tf, wide, wide).matMul(down).as2D(18, 8);
        return tokenLogProbs(tf, tf.matMul(out, embedding, false, true).as2D(18, 11), tokens)
          .mean()
          .neg()
          .asScalar();
      });
      optimiser.step(
        new Map([...variables].flatMap(([name, { name: id }]) => (grads[id] ? [[name, grads[id]] as const] : []))),
        0.01,
        1,
      );
    });
  }
  return [...variables.values()].map((each) => Buffer.from(each.dataSync().buffer).toString("hex")).join();
}

describe.each(kernelEngines)("on the $engine engine", ({ engine, missing }) => {
  test.skipIf(missing)("equal seeds on one machine give equal weights, bit for bit", async () => {
    expect(await train(engine)).toBe(await train(engine));
  });
});
