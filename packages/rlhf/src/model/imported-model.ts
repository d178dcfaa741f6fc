import type { ByteSource } from "@touchstone/engine";
import { z } from "zod";
import { type GgufReport, readGgufModel } from "../gguf/model.ts";
import { readLlama2cModel } from "../llama2c/model.ts";
import { reasoned, reasonedBy } from "../training-error.ts";
import { checkedConfig } from "./checked-config.ts";
import type { Files } from "./files.ts";
import { type Model, packModel, unpackModel } from "./model-files.ts";
import { readTensors } from "./read-tensors.ts";
import { checkRoom } from "./room.ts";
import { readShards } from "./shards.ts";
import { weightShapes } from "./weight-shapes.ts";
import { sizeOf, type Weights } from "./weights.ts";

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
 * A folder as `save_pretrained` writes it, in one file of tensors or in shards, checked and put in our order: half precision becomes float32, and what is no part of a
 * model is left behind.
 *
 * @param context tokens that the model shall read at most, where that is fewer than it could
 * @throws TrainingError `bad_model_files`
 */
export function importHuggingFaceModel(files: Files, context = longestContext): Files {
  return packModel(readHuggingFaceModel(files, context));
}

/** The same, not yet written. @throws TrainingError `bad_model_files` */
export function readHuggingFaceModel(files: Files, context = longestContext): Model {
  const config = shortened(files.get("config.json"), context);
  const name = "model.safetensors";
  const file = files.get(name);
  const tensors = file ? readTensors(name, file) : readShards(files);
  if (config === files.get("config.json")) return unpackModel(files, tensors);
  return unpackModel(new Map(files).set("config.json", config), withoutLatePositions(tensors, context));
}

/**
 * Asked with a folder's config.json before its weights are read.
 *
 * @param available bytes that the machine has left
 * @throws TrainingError `bad_model_files` where they don't fit, and for what is wrong with the config
 */
export function checkRoomOf(config: Uint8Array, context = longestContext, available?: number): void {
  const file = "config.json";
  const shapes = weightShapes(checkedConfig(file, shortened(config, context)).config, { kind: "lm" });
  const weights = shapes.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  checkRoom(file, weights, available);
}

/** The config with no more context than that: the same bytes where it has no more. @throws TrainingError `bad_model_files` */
function shortened(config: Uint8Array | undefined, context: number): Uint8Array {
  const parsed = ConfigJson.safeParse(config && parseJson(config));
  if (!config || !parsed.success) throw reasonedBy(parsed.error, "configWithoutType", { file: "config.json" });
  const { model_type: type } = parsed.data;
  if (!families.includes(type)) {
    throw reasoned("configOfOtherType", { file: "config.json", type, known: families.slice(0, -1).join(", ") });
  }
  const key = type === "gpt2" ? "n_positions" : "max_position_embeddings";
  const longest = parsed.data[key];
  if (longest === undefined || longest <= context) return config;
  return new TextEncoder().encode(JSON.stringify({ ...parsed.data, [key]: context }));
}

/**
 * A GGUF file of llama.cpp, dequantised, as a model's folder; its tokenizer and chat template come from its own metadata.
 *
 * @param file what to call it in a refusal
 * @param context tokens that the model shall read at most, where that is fewer than it could
 * @throws TrainingError `bad_model_files`
 */
export function importGgufModel(
  source: ByteSource,
  file: string,
  context = longestContext,
): { readonly files: Files; readonly report: GgufReport } {
  const { model, report } = readGgufModel(source, file, context, (weights) => checkRoom(file, weights));
  return { files: packModel(model), report };
}

/** Positions that were learned are rows of a table: a shorter context is its first rows. */
function withoutLatePositions(tensors: Weights, context: number): Weights {
  const table = [...tensors].find(([name]) => /(^|\.)wpe\.weight$/.test(name));
  if (!table) return tensors;
  const [name, { shape, values }] = table;
  const [, width = 0] = shape;
  return new Map(tensors).set(name, { shape: [context, width], values: values.slice(0, context * width) });
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw reasonedBy(cause, "fileNotJson", { file: "config.json" });
  }
}
