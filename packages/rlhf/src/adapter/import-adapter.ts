import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Files } from "../model/files.ts";
import { readHuggingFaceModel } from "../model/imported-model.ts";
import { packModel } from "../model/model-files.ts";
import { readWhole } from "../model/open-file.ts";
import { readTensors } from "../model/read-tensors.ts";
import { tokenizerFileNames } from "../tokenizer/read-tokenizer.ts";
import { reasoned } from "../training-error.ts";
import { adapterConfigFile, readAdapterConfig } from "./adapter-config.ts";
import { withTokenizerOf } from "./adapter-tokenizer.ts";
import { adapterWeightsFile, layAdapter } from "./lay-adapter.ts";

/** What an adapter was, to be told. */
export interface AdapterReport {
  readonly rank: number;
  readonly alpha: number;
  /** Matrices of the base that it changed. */
  readonly matrices: number;
  /** By which its authors called the base. */
  readonly baseName: string | undefined;
  /** Whether it brought a tokenizer or a chat template of its own, which is the model's now. */
  readonly ownTokenizer: boolean;
}

/**
 * The model that a PEFT adapter makes of its base: the merged one, with the adapter itself beside it as our own LoRA runs
 * publish theirs.
 *
 * @param adapter adapter_config.json, adapter_model.safetensors and, where its authors changed them, files of the tokenizer
 * @param base files of the base, as `save_pretrained` or this project writes them
 * @param context tokens that the model shall read at most, where that is fewer than it could
 * @throws TrainingError `bad_model_files`, with what is wrong with the adapter, or why it is none of this base
 */
export function importAdapter(
  adapter: Files,
  base: Files,
  context?: number,
): { readonly files: Files; readonly report: AdapterReport } {
  const [config, weights] = [fileOf(adapter, adapterConfigFile), fileOf(adapter, adapterWeightsFile)];
  // What it says of itself costs nothing to read: before half a billion weights are.
  const settings = readAdapterConfig(config);
  const tensors = readTensors(adapterWeightsFile, weights);
  const { files, ownTokenizer } = withTokenizerOf(adapter, base);
  const model = readHuggingFaceModel(files, context);
  const matrices = layAdapter(model, settings, tensors);
  const { rank, alpha, baseName } = settings;
  const beside = [adapterConfigFile, adapterWeightsFile].map(
    (name) => [`adapter/${name}`, fileOf(adapter, name)] as const,
  );
  return {
    files: new Map([...packModel(model), ...beside]),
    report: { rank, alpha, matrices, baseName, ownTokenizer },
  };
}

/** Those files of an adapter's folder on disk that are read. */
export function adapterFolder(folder: string): Files {
  const present = new Set(readdirSync(folder));
  const names = [adapterConfigFile, adapterWeightsFile, ...tokenizerFileNames].filter((name) => present.has(name));
  return new Map(names.map((name) => [name, readWhole(join(folder, name))]));
}

/** By which the adapter's authors called its base. @throws TrainingError `bad_model_files` */
export function adapterBaseName(adapter: Files): string | undefined {
  return readAdapterConfig(fileOf(adapter, adapterConfigFile)).baseName;
}

function fileOf(files: Files, name: string): Uint8Array {
  const bytes = files.get(name);
  if (!bytes) throw reasoned("fileMissing", { file: name });
  return bytes;
}
