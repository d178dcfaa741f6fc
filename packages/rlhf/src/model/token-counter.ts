import type { Files } from "./files.ts";
import { unpackWithoutWeights } from "./model-files.ts";

/**
 * Counts the tokens that a text has for a model, special ones aside.
 *
 * @param files the model's; weights may be left out. @throws TrainingError `bad_model_files`
 */
export function tokenCounter(files: Files): (text: string) => number {
  const { tokenizer } = unpackWithoutWeights(files);
  return (text) => tokenizer.encode(text).length;
}
