import type { Model } from "../model/model-files.ts";
import { readTokenizer } from "../tokenizer/read-tokenizer.ts";
import { readLlama2cCheckpoint } from "./checkpoint.ts";
import { readLlama2cTokenizer } from "./tokenizer.ts";

/**
 * A whole model from llama2.c's two files. It knows no roles: a prompt is the beginning of a story, the answer goes on.
 * @throws TrainingError `bad_model_files`
 */
export function readLlama2cModel(checkpoint: Uint8Array, tokenizer: Uint8Array): Model {
  const { config, weights } = readLlama2cCheckpoint(checkpoint);
  const files = readLlama2cTokenizer(tokenizer, config.vocab);
  return { config, head: { kind: "lm" }, tokenizer: readTokenizer(files), weights };
}
