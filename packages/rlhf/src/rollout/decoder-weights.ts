import type { Tensor2D } from "@tensorflow/tfjs";
import type { ModelConfig } from "@touchstone/contracts";
import type { TensorFlow } from "@touchstone/engine";
import { rotaryAngleTable } from "../model/decoder.ts";
import type { Parameters } from "../model/parameters.ts";

/** A linear layer, or several of one input stacked: one product instead of many. */
export interface Linear {
  /** (out, in) */
  readonly weight: Tensor2D;
  readonly bias: Float32Array | undefined;
}

/** Linear layers that read the same rows, one below the other. The caller disposes of the weight. */
export function stackedLinear(tf: TensorFlow, parameters: Parameters, names: readonly string[]): Linear {
  const weights = names.map((name) => parameters.matrix(`${name}.weight`));
  const biases = names.flatMap((name) => parameters.variables.get(`${name}.bias`) ?? []);
  return {
    weight: tf.keep(tf.concat2d(weights, 0)),
    bias: biases.length > 0 ? Float32Array.from(biases.flatMap((bias) => [...bias.dataSync()])) : undefined,
  };
}

/** Gains of the norms of queries and of keys, (size) each, in the attention of that name; none where the config has none. */
export function headNorms(parameters: Parameters, { headNorms: has }: ModelConfig, name: string): Float32Array[] {
  if (!has) return [];
  return ["q_norm", "k_norm"].map((norm) => parameters.vector(`${name}.${norm}.weight`).dataSync<"float32">());
}

/** cos and sin of every position's angles, (context, size/2) each. */
export function rotaryTables(config: ModelConfig): { cosine: Float32Array; sine: Float32Array } {
  const angles = rotaryAngleTable(config, config.context);
  return { cosine: angles.map(Math.cos), sine: angles.map(Math.sin) };
}
