import type { Files } from "../model/files.ts";
import { unpackWithoutWeights } from "../model/model-files.ts";
import { headSize } from "../model/sizes.ts";

/** A weight is held once, as a float32. */
const bytesPerWeight = 4;
const bytesPerValue = 4;

/**
 * Bytes that a policy takes while it is served: its weights, and for each answer under way the keys and values of a whole context.
 * @param files the model's; weights may be left out
 * @throws TrainingError `bad_model_files`
 */
export function roomToServe(files: Files, weights: number): { weights: number; eachAnswer: number } {
  const { config } = unpackWithoutWeights(files);
  const eachToken = 2 * config.layers * config.kvHeads * headSize(config) * bytesPerValue;
  return { weights: bytesPerWeight * weights, eachAnswer: eachToken * config.context };
}
