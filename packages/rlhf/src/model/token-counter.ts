import type { Files } from "./files.ts";
import { unpackModel } from "./model-files.ts";

/** Counts the tokens that a text has for a model, special ones aside. @throws TrainingError `bad_model_files` */
export function tokenCounter(files: Files): (text: string) => number {
  const { tokenizer } = unpackModel(files);
  return (text) => tokenizer.encode(text).length;
}
