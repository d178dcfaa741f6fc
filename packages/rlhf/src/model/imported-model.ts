import { z } from "zod";
import { readLlama2cModel } from "../llama2c/model.ts";
import { TrainingError } from "../training-error.ts";
import type { Files } from "./files.ts";
import { packModel, unpackModel } from "./model-files.ts";

/** The longest context that a model here may have; see `ModelConfig`. */
const longestContext = 4_096;

const ConfigJson = z.looseObject({
  model_type: z.string(),
  max_position_embeddings: z.number().optional(),
});

/**
 * llama2.c's two files as a model's folder, which every trainer and generator takes, and Hugging Face's libraries as well.
 * @throws TrainingError `bad_model_files`
 */
export function importLlama2cModel(checkpoint: Uint8Array, tokenizer: Uint8Array): Files {
  return packModel(readLlama2cModel(checkpoint, tokenizer));
}

/**
 * A folder as `save_pretrained` writes it, checked and put in our order: half precision becomes float32, and what is no part of a
 * model is left behind.
 *
 * @param context tokens that the model shall read at most, where that is fewer than it could; rotary positions allow it
 * @throws TrainingError `bad_model_files`
 */
export function importHuggingFaceModel(files: Files, context = longestContext): Files {
  const config = files.get("config.json");
  const parsed = ConfigJson.safeParse(config && parseJson(config));
  if (!parsed.success) throw bad("it is missing or names no model_type", parsed.error);
  const { model_type: type, max_position_embeddings: longest } = parsed.data;
  if (!["llama", "gpt2", "touchstone"].includes(type)) {
    throw bad(`it is of a model of type “${type}”, and those of type llama or gpt2 can be used`);
  }
  if (longest === undefined || longest <= context) return packModel(unpackModel(files));
  const shortened = { ...parsed.data, max_position_embeddings: context };
  return packModel(unpackModel(new Map(files).set("config.json", new TextEncoder().encode(JSON.stringify(shortened)))));
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw bad("it is no JSON", cause);
  }
}

function bad(why: string, cause?: unknown): TrainingError {
  return new TrainingError("bad_model_files", `config.json can't be used: ${why}.`, { cause });
}
