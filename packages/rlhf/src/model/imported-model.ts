import { writeSafetensors } from "@touchstone/engine";
import { z } from "zod";
import { readLlama2cModel } from "../llama2c/model.ts";
import { reasoned, reasonedBy } from "../training-error.ts";
import type { Files } from "./files.ts";
import { packModel, unpackModel } from "./model-files.ts";
import { readTensors } from "./read-tensors.ts";

/** The longest context that a model here may have; see `ModelConfig`. */
const longestContext = 4_096;

/** What a config.json may call its model: what we can compute without a guess. */
const families = ["llama", "mistral", "qwen2", "qwen3", "gpt2", "touchstone"];

const ConfigJson = z.looseObject({
  model_type: z.string(),
  max_position_embeddings: z.number().optional(),
  n_positions: z.number().optional(),
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
 * @param context tokens that the model shall read at most, where that is fewer than it could
 * @throws TrainingError `bad_model_files`
 */
export function importHuggingFaceModel(files: Files, context = longestContext): Files {
  const config = files.get("config.json");
  const parsed = ConfigJson.safeParse(config && parseJson(config));
  if (!parsed.success) throw reasonedBy(parsed.error, "configWithoutType", { file: "config.json" });
  const { model_type: type } = parsed.data;
  if (!families.includes(type)) {
    throw reasoned("configOfOtherType", { file: "config.json", type, known: families.slice(0, -1).join(", ") });
  }
  const key = type === "gpt2" ? "n_positions" : "max_position_embeddings";
  const longest = parsed.data[key];
  if (longest === undefined || longest <= context) return packModel(unpackModel(files));
  const shortened = new TextEncoder().encode(JSON.stringify({ ...parsed.data, [key]: context }));
  return packModel(unpackModel(withoutLatePositions(new Map(files).set("config.json", shortened), context)));
}

/** Positions that were learned are rows of a table: a shorter context is its first rows. */
function withoutLatePositions(files: Map<string, Uint8Array>, context: number): Files {
  const file = files.get("model.safetensors");
  if (!file) return files;
  const tensors = readTensors("model.safetensors", file);
  const table = [...tensors].find(([name]) => /(^|\.)wpe\.weight$/.test(name));
  if (!table) return files;
  const [name, { shape, values }] = table;
  const [, width = 0] = shape;
  const cut = { shape: [context, width], values: values.slice(0, context * width) };
  return files.set("model.safetensors", writeSafetensors(new Map(tensors).set(name, cut)));
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw reasonedBy(cause, "fileNotJson", { file: "config.json" });
  }
}
