import { ModelConfig } from "@touchstone/contracts";
import { openEngine, openRowKernels, seededRandom } from "@touchstone/engine";
import { describe, expect, test } from "vitest";
import { openParameters } from "../model/parameters.ts";
import { shakenWeights } from "../model/styles.fixture.ts";
import { type CachedDecoder, decoderBy } from "./cached-decoder.ts";
import { heapMath } from "./heap-math.ts";
import { plainMath } from "./plain-math.ts";

// More positions than a block of the cache holds; heads that fill no vector.
const shape = { vocab: 270, context: 40, layers: 2, heads: 6, width: 36, hidden: 50 };
const llama = ModelConfig.parse({ ...shape, kvHeads: 2 });
const gpt2 = ModelConfig.parse({
  ...shape,
  kvHeads: 6,
  norm: "layernorm",
  positions: "learned",
  feedForward: "gelu",
  biases: true,
});
const llama3 = { type: "llama3", factor: 4, lowFrequencyFactor: 1, highFrequencyFactor: 4, originalContext: 64 };
const qwen2 = ModelConfig.parse({ ...shape, kvHeads: 3, attentionBiases: "qkv", ropeScaling: llama3 });
const qwen3 = ModelConfig.parse({ ...shape, kvHeads: 2, headSize: 10, headNorms: true });
const slots = 3;

/** A prompt at once, a copy of its slot, then tokens one by one: hidden states of all steps. */
function decode(decoder: CachedDecoder): number[] {
  const random = seededRandom("tokens");
  const row = (slot: number, position: number) => ({ slot, position, token: random.int(shape.vocab) });
  const seen = [...decoder.step(Array.from({ length: 19 }, (_, position) => row(1, position)))];
  decoder.copySlot(1, 2, 19);
  for (let position = 19; position < shape.context; position++) {
    seen.push(...decoder.step([row(2, position), row(0, position - 19), row(1, position)]));
  }
  decoder.dispose();
  return seen;
}

describe.each([
  ["Llama's style, grouped queries", llama],
  ["GPT-2's style", gpt2],
  ["Qwen2's style, rotations of Llama 3.1", qwen2],
  ["Qwen3's style, heads wider than their share", qwen3],
])("the cached decoder in %s", (_, config) => {
  test.for(["wasm", "native"] as const)(
    "says on the heap what it says on arrays, the same bits twice (%s)",
    async (prefer, { skip }) => {
      const { tf, backend } = await openEngine({ prefer });
      skip(backend !== prefer, "the native accelerator is not built");
      const parameters = openParameters(tf, shakenWeights(config));
      const before = tf.memory().numTensors;
      const onHeap = () => {
        const kernels = openRowKernels(tf);
        if (kernels === undefined) throw new Error(`${prefer} runs none of our kernels`);
        return decode(decoderBy(heapMath(tf, kernels, { parameters }, config, slots), parameters, config));
      };
      const expected = decode(decoderBy(plainMath(tf, { parameters }, config, slots), parameters, config));
      const actual = onHeap();
      expect(actual).toHaveLength(expected.length);
      const worst = Math.max(...actual.map((value, i) => Math.abs(value - (expected[i] ?? Number.NaN))));
      expect(worst).toBeLessThan(1e-5 * Math.max(...expected.map(Math.abs)));
      expect(onHeap()).toEqual(actual);
      expect(tf.memory().numTensors).toBe(before);
      parameters.dispose();
    },
  );
});
