import { ModelConfig } from "@touchstone/contracts";
import { seededRandom } from "@touchstone/engine";
import { initialWeights } from "./initial-weights.ts";
import type { HeadShape } from "./weight-shapes.ts";
import type { Weights } from "./weights.ts";

const sizes = { vocab: 270, context: 16, layers: 2, heads: 4, kvHeads: 4, width: 16, hidden: 24 };
const gpt2 = { norm: "layernorm", positions: "learned", feedForward: "gelu" } as const;

const llama3 = {
  type: "llama3",
  factor: 4,
  lowFrequencyFactor: 1,
  highFrequencyFactor: 4,
  originalContext: 32,
} as const;

/** One small model a style, so that a guarantee can be asked of each. */
export const styles: [string, ModelConfig][] = [
  ["Llama's", ModelConfig.parse({ ...sizes, kvHeads: 2 })],
  ["Llama's with biases and an output of its own", ModelConfig.parse({ ...sizes, biases: true, tied: false })],
  [
    "Llama 3.1's with biases of attention and wide heads",
    ModelConfig.parse({ ...sizes, attentionBiases: "all", headSize: 8, ropeTheta: 100, ropeScaling: llama3 }),
  ],
  ["Llama's with linear scaling", ModelConfig.parse({ ...sizes, ropeScaling: { type: "linear", factor: 2 } })],
  ["Qwen2's", ModelConfig.parse({ ...sizes, kvHeads: 2, attentionBiases: "qkv" })],
  ["Qwen3's", ModelConfig.parse({ ...sizes, kvHeads: 2, headSize: 8, headNorms: true, tied: false })],
  ["GPT-2's", ModelConfig.parse({ ...sizes, ...gpt2, biases: true })],
  ["nanoGPT's without biases", ModelConfig.parse({ ...sizes, ...gpt2 })],
  ["a mixture", ModelConfig.parse({ ...sizes, kvHeads: 1, norm: "layernorm", feedForward: "gelu", biases: true })],
];

/** Weights of which none stands at its initial 0 or 1, where a mistake would not show. */
export function shakenWeights(config: ModelConfig, head: HeadShape = { kind: "lm" }): Weights {
  const random = seededRandom("shaken weights");
  return new Map(
    [...initialWeights(config, head, 7)].map(([name, { shape, values }]) => [
      name,
      { shape, values: values.map((value) => value + random.normal(0, 0.1)) },
    ]),
  );
}
