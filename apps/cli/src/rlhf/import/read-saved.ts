import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { checkRoomOf, type Files, modelFileNames, shardIndex, shardNames } from "@touchstone/rlhf";
import { UsageError } from "../usage-error.ts";
import { readBounded } from "./read-file.ts";

/** What people save instead, and how they get what is needed. */
const cures: readonly (readonly [found: string, missing: string, cure: string])[] = [
  [
    "pytorch_model.bin",
    "model.safetensors",
    "Load it in transformers and save it again: save_pretrained writes safetensors.",
  ],
  ["tokenizer.model", "tokenizer.json", "Save its fast tokenizer beside it."],
  ["vocab.json", "tokenizer.json", "Save its fast tokenizer beside it."],
];

/**
 * The files of a folder as `save_pretrained` writes it. Its weights are read last, and only if there is room for them.
 * @throws UsageError, TrainingError
 */
export async function readSaved(source: string, path: string, context: number | undefined): Promise<Files> {
  const present = new Set(await readdir(path));
  const isSharded = !present.has("model.safetensors") && present.has(shardIndex);
  for (const name of ["config.json", isSharded ? shardIndex : "model.safetensors", "tokenizer.json"]) {
    if (present.has(name)) continue;
    const cure = cures.find(([found, missing]) => missing === name && present.has(found))?.[2];
    throw new UsageError([`${source} has no ${name}.`, cure].filter(Boolean).join(" "));
  }
  const read = (name: string): [string, Uint8Array] => [name, readBounded(join(source, name))];
  const [, config] = read("config.json");
  checkRoomOf(config, context);
  const names = [...modelFileNames, "generation_config.json"].filter((name) => present.has(name));
  const files = new Map(names.map(read));
  if (!isSharded) return files;
  const [, index] = read(shardIndex);
  return new Map([...files, [shardIndex, index], ...shardNames(index).map(read)]);
}
