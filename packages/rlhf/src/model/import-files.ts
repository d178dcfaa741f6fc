import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { GgufReport } from "../gguf/model.ts";
import type { Files } from "./files.ts";
import { checkRoomOf, importGgufModel, importHuggingFaceModel } from "./imported-model.ts";
import { modelFileNames } from "./model-files.ts";
import { readWhole, withOpenFile } from "./open-file.ts";
import { shardIndex, shardNames } from "./shards.ts";

/**
 * The model of a folder on disk as `save_pretrained` writes it, in one file of tensors or in shards. Its weights are read last,
 * and only if there is room for them.
 *
 * @param context tokens that the model shall read at most, where that is fewer than it could
 * @throws TrainingError `bad_model_files`
 */
export function importSavedFolder(folder: string, context?: number): Files {
  return importHuggingFaceModel(savedFolder(folder, context), context);
}

/** Those files of such a folder that are read. @throws TrainingError `bad_model_files` where there is no room for its weights */
export function savedFolder(folder: string, context?: number): Files {
  const present = new Set(readdirSync(folder));
  const read = (name: string): [string, Uint8Array] => [name, readWhole(join(folder, name))];
  if (present.has("config.json")) checkRoomOf(read("config.json")[1], context);
  const names = [...modelFileNames, "generation_config.json"].filter((name) => present.has(name));
  const files = new Map(names.map(read));
  if (files.has("model.safetensors") || !present.has(shardIndex)) return files;
  const [, index] = read(shardIndex);
  const shards = shardNames(index)
    .filter((name) => present.has(name))
    .map(read);
  return new Map([...files, [shardIndex, index], ...shards]);
}

/**
 * The model of a GGUF file on disk.
 *
 * @param name what to call it in a refusal
 * @throws TrainingError `bad_model_files`
 */
export function importGgufFile(
  path: string,
  name: string,
  context?: number,
): { readonly files: Files; readonly report: GgufReport } {
  return withOpenFile(path, (file) => importGgufModel(file, name, context));
}
