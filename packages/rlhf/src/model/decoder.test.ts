import { ModelConfig } from "@touchstone/contracts";
import { openEngine } from "@touchstone/engine";
import { describe, expect, test } from "vitest";
import { piecesOf } from "./answer-rows.ts";
import { toBatch } from "./batch.ts";
import { hiddenStates } from "./decoder.ts";
import { languageModelLogits } from "./heads.ts";
import { initialWeights } from "./initial-weights.ts";
import { openParameters } from "./parameters.ts";
import { shakenWeights, styles } from "./styles.fixture.ts";
import type { Weights } from "./weights.ts";

const { tf } = await openEngine();
const logitsWith = (config: ModelConfig, weights = shakenWeights(config)) => {
  const parameters = openParameters(tf, weights);
  return (...sequences: number[][]) => {
    const batch = toBatch(sequences);
    const logits = tf.tidy(() =>
      languageModelLogits(tf, parameters, config, hiddenStates(tf, parameters, config, batch)).arraySync(),
    );
    return sequences.map((_, row) => logits.slice(row * batch.length, (row + 1) * batch.length));
  };
};
const expectClose = (actual: readonly number[] | undefined, expected: readonly number[] | undefined) => {
  expect(actual).toHaveLength(expected?.length ?? -1);
  actual?.forEach((value, i) => {
    expect(value).toBeCloseTo(expected?.[i] ?? Number.NaN, 4);
  });
};

describe.each(styles)("the decoder of a model in %s style", (_, config) => {
  const logitsOf = logitsWith(config);

  test("a token sees no later one, so what follows it changes nothing", () => {
    const [whole] = logitsOf([1, 10, 20, 30, 40]);
    const [prefix] = logitsOf([1, 10, 20]);
    for (const position of [0, 1, 2]) expectClose(whole?.[position], prefix?.[position]);
  });

  test("rows of a batch never see each other", () => {
    const [, second] = logitsOf([1, 2, 3, 4], [9, 8, 7, 6]);
    const [alone] = logitsOf([9, 8, 7, 6]);
    for (const position of [0, 1, 2, 3]) expectClose(second?.[position], alone?.[position]);
  });

  test("the order of earlier tokens matters: positions are felt", () => {
    const [one] = logitsOf([1, 10, 20, 30]);
    const [other] = logitsOf([1, 20, 10, 30]);
    const change = Math.max(...(one?.[3] ?? []).map((value, i) => Math.abs(value - (other?.[3]?.[i] ?? 0))));
    expect(change).toBeGreaterThan(1e-3);
  });

  test("every tensor is felt: each has a slope", () => {
    const parameters = openParameters(tf, shakenWeights(config));
    const batch = toBatch([[1, 10, 20, 30]]);
    const slopes = tf.variableGrads(
      () =>
        languageModelLogits(tf, parameters, config, hiddenStates(tf, parameters, config, batch))
          .square()
          .mean()
          .asScalar(),
      [...parameters.variables.values()],
    );
    for (const [name, variable] of parameters.variables) {
      expect(slopes.grads[variable.name]?.abs().max().dataSync()[0], name).toBeGreaterThan(0);
    }
  });

  test("an untrained model is nearly indifferent: its loss is about log vocab", () => {
    const [logits] = logitsWith(config, initialWeights(config, { kind: "lm" }, 7))([1, 50, 60]);
    const row = logits?.[1] ?? [];
    const logSum = Math.log(row.reduce((sum, logit) => sum + Math.exp(logit), 0));
    expect(Math.abs(logSum - (row[60] ?? 0) - Math.log(270))).toBeLessThan(1.5);
  });
});

test("positions that were never learned are refused, rotary ones go on", () => {
  const long = Array.from({ length: 17 }, () => 9);
  for (const [, config] of styles) {
    const run = () => logitsWith(config)(long);
    if (config.positions === "learned") expect(run).toThrow(/17 tokens .* 16 positions/);
    else expect(run()[0]).toHaveLength(17);
  }
});

describe("against a plain calculation", () => {
  test("one GPT-2 block is LayerNorm, attention, LayerNorm, GELU, as Radford et al. write them", () => {
    const config = ModelConfig.parse({
      ...{ vocab: 262, context: 8, layers: 1, heads: 2, kvHeads: 2, width: 4, hidden: 8 },
      ...{ norm: "layernorm", positions: "learned", feedForward: "gelu", biases: true },
    });
    const weights = shakenWeights(config);
    const ids = [5, 261, 7];
    const logits = logitsWith(config, weights)(ids)[0] ?? [];
    for (const [position, row] of plainGpt2(weights, config, ids).entries()) expectClose(logits[position], row);
  });
});

/** The definition in loops, one token and one head at a time. */
function plainGpt2(weights: Weights, config: ModelConfig, ids: readonly number[]): number[][] {
  const { width, heads } = config;
  const tensor = (name: string) => [...(weights.get(name)?.values ?? [])];
  const rowsOf = (name: string, columns: number) => piecesOf(tensor(name), columns);
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  const linear = (name: string, x: readonly number[]) =>
    rowsOf(`${name}.weight`, x.length).map((row, i) => dot(row, x) + (tensor(`${name}.bias`)[i] ?? 0));
  const norm = (name: string, x: readonly number[]) => {
    const mean = dot(
      x,
      x.map(() => 1 / x.length),
    );
    const variance = x.reduce((sum, value) => sum + (value - mean) ** 2 / x.length, 0);
    return x.map((value, i) => {
      const normal = (value - mean) / Math.sqrt(variance + config.normEpsilon);
      return normal * (tensor(`${name}.weight`)[i] ?? 0) + (tensor(`${name}.bias`)[i] ?? 0);
    });
  };
  const plus = (a: readonly number[], b: readonly number[]) => a.map((value, i) => value + (b[i] ?? 0));
  const gelu = (x: number) => 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));

  const embedding = rowsOf("model.embed_tokens.weight", width);
  const places = rowsOf("model.embed_positions.weight", width);
  let states = ids.map((id, position) => plus(embedding[id] ?? [], places[position] ?? []));
  const at = "model.layers.0";
  const part = (x: readonly number[], head: number) => x.slice((head * width) / heads, ((head + 1) * width) / heads);
  const normed = states.map((x) => norm(`${at}.input_layernorm`, x));
  const [q = [], k = [], v = []] = ["q", "k", "v"].map((name) =>
    normed.map((x) => linear(`${at}.self_attn.${name}_proj`, x)),
  );
  states = states.map((x, position) => {
    const mixed = Array.from({ length: heads }, (_, head) => {
      const scores = k
        .slice(0, position + 1)
        .map((key) => Math.exp(dot(part(q[position] ?? [], head), part(key, head)) / Math.sqrt(width / heads)));
      const sum = scores.reduce((total, score) => total + score, 0);
      return scores.reduce<number[]>(
        (mix, score, t) => part(v[t] ?? [], head).map((value, c) => (mix[c] ?? 0) + (score / sum) * value),
        [],
      );
    }).flat();
    return plus(x, linear(`${at}.self_attn.o_proj`, mixed));
  });
  states = states.map((x) => {
    const up = linear(`${at}.mlp.up_proj`, norm(`${at}.post_attention_layernorm`, x));
    return plus(x, linear(`${at}.mlp.down_proj`, up.map(gelu)));
  });
  return states.map((x) => embedding.map((row) => dot(row, norm("model.norm", x))));
}
