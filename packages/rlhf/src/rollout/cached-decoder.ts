import type { ModelConfig } from "@touchstone/contracts";
import { openRowKernels, type TensorFlow } from "@touchstone/engine";
import type { Parameters } from "../model/parameters.ts";
import { learnedPositions } from "../model/weight-shapes.ts";
import type { StepRow } from "./cached-attention.ts";
import type { DecoderMath } from "./decoder-math.ts";
import type { DecoderSource } from "./decoder-weights.ts";
import { heapMath } from "./heap-math.ts";
import { plainMath } from "./plain-math.ts";
import { addInto } from "./row-math.ts";

/** The decoder for generation: each token is computed once, earlier ones are read from the cache. */
export interface CachedDecoder {
  /**
   * Runs new tokens, any number a slot, in ascending positions within a slot.
   * @returns the hidden state of each row, (rows, width), to be read by a head
   */
  step(rows: readonly StepRow[]): Float32Array;
  /** Gives slot `to` the first `length` tokens of slot `from`: samples of one prompt share its computation. */
  copySlot(from: number, to: number, length: number): void;
  dispose(): void;
}

/**
 * Opens a decoder over the present values of the parameters; open another after training has changed them. It works on the
 * engine's heap where our kernels run, else on arrays.
 *
 * @param slots sequences that are under way at the same time
 */
export function openCachedDecoder(
  tf: TensorFlow,
  source: DecoderSource,
  config: ModelConfig,
  slots: number,
): CachedDecoder {
  const { parameters } = source;
  const kernels = openRowKernels(tf);
  return kernels
    ? decoderBy(heapMath(tf, kernels, source, config, slots), parameters, config)
    : decoderBy(plainMath(tf, source, config, slots), parameters, config);
}

/** The decoder of `hiddenStates`, a row a token. */
export function decoderBy<Rows>(math: DecoderMath<Rows>, parameters: Parameters, config: ModelConfig): CachedDecoder {
  const layers = Array.from({ length: config.layers }, (_, layer) => {
    const at = `model.layers.${layer}`;
    const up = config.feedForward === "gelu" ? [`${at}.mlp.up_proj`] : [`${at}.mlp.gate_proj`, `${at}.mlp.up_proj`];
    return {
      attentionNorm: math.norm(`${at}.input_layernorm`),
      project: math.linear("projected", ...["q_proj", "k_proj", "v_proj"].map((name) => `${at}.self_attn.${name}`)),
      attention: math.attention(`${at}.self_attn`),
      output: math.linear("product", `${at}.self_attn.o_proj`),
      feedForwardNorm: math.norm(`${at}.post_attention_layernorm`),
      up: math.linear("up", ...up),
      down: math.linear("product", `${at}.mlp.down_proj`),
    };
  });
  const finalNorm = math.norm("model.norm");
  const embed = embedding(parameters, config);

  return {
    step(rows) {
      const x = math.begin(rows, embed(rows));
      for (const { attentionNorm, project, attention, output, feedForwardNorm, up, down } of layers) {
        math.addInto(x, output(attention.attend(project(attentionNorm(x)))));
        math.addInto(x, down(math.activation(up(feedForwardNorm(x)))));
      }
      return math.values(finalNorm(x));
    },
    copySlot(from, to, length) {
      for (const { attention } of layers) attention.copySlot(from, to, length);
    },
    dispose: () => math.dispose(),
  };
}

/** Rows of the embedding, and of learned positions where there are such, (rows, width). */
function embedding(parameters: Parameters, { width, context, positions }: ModelConfig) {
  const tokens = parameters.matrix("model.embed_tokens.weight").dataSync<"float32">();
  const positionTable = positions === "learned" ? parameters.matrix(learnedPositions).dataSync<"float32">() : undefined;
  return (rows: readonly StepRow[]): Float32Array => {
    const x = new Float32Array(rows.length * width);
    for (const [row, { token, position }] of rows.entries()) {
      if (position >= context) throw new RangeError(`position ${position} lies beyond the context of ${context}`);
      x.set(tokens.subarray(token * width, (token + 1) * width), row * width);
      if (positionTable) {
        addInto(
          x.subarray(row * width, (row + 1) * width),
          positionTable.subarray(position * width, (position + 1) * width),
        );
      }
    }
    return x;
  };
}
