import type { Tensor2D } from "@tensorflow/tfjs";
import type { ModelConfig } from "@touchstone/contracts";
import type { SafeTensor, TensorFlow } from "@touchstone/engine";
import { rotaryAngleTable } from "../model/decoder.ts";
import type { Parameters } from "../model/parameters.ts";

/** A linear layer, or several of one input stacked: one product instead of many. */
export interface Linear {
  /** (out, in) */
  readonly weight: Tensor2D;
  readonly bias: Float32Array | undefined;
}

/** What a decoder is made of: a model's parameters and, where these lack the matrices of the blocks, those from outside. */
export interface DecoderSource {
  readonly parameters: Parameters;
  /** Each is taken out once it is in the engine, so that its memory outside is free again. */
  readonly blocks?: Map<string, SafeTensor> | undefined;
}

/** Linear layers that read the same rows, one below the other. The caller disposes of the weight. */
export function stackedLinear(tf: TensorFlow, { parameters, blocks }: DecoderSource, names: readonly string[]): Linear {
  const weights = names.map((name) => `${name}.weight`);
  return {
    weight: tf.tidy(() =>
      tf.keep(
        tf.concat2d(
          weights.map((name) => takenIn(tf, blocks, name) ?? parameters.matrix(name)),
          0,
        ),
      ),
    ),
    bias: biasOf(parameters, names),
  };
}

function biasOf({ variables }: Parameters, names: readonly string[]): Float32Array | undefined {
  const biases = names.flatMap((name) => variables.get(`${name}.bias`) ?? []);
  return biases.length > 0 ? Float32Array.from(biases.flatMap((bias) => [...bias.dataSync()])) : undefined;
}

/** A matrix from outside as the engine's, and gone outside. */
function takenIn(tf: TensorFlow, blocks: DecoderSource["blocks"], name: string): Tensor2D | undefined {
  const outside = blocks?.get(name);
  if (!outside) return undefined;
  const [rows = 0, columns = 0] = outside.shape;
  const taken = tf.tensor2d(outside.values, [rows, columns]);
  blocks?.delete(name);
  return taken;
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
