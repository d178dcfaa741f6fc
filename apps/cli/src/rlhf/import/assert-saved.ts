import { readdir } from "node:fs/promises";
import { shardIndex } from "@touchstone/rlhf";
import { UsageError } from "../usage-error.ts";

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

/** Whether a folder holds what `save_pretrained` writes. @throws UsageError naming what is missing and how to get it */
export async function assertSaved(source: string, path: string): Promise<void> {
  const present = new Set(await readdir(path));
  const isSharded = !present.has("model.safetensors") && present.has(shardIndex);
  for (const name of ["config.json", isSharded ? shardIndex : "model.safetensors", "tokenizer.json"]) {
    if (present.has(name)) continue;
    const cure = cures.find(([found, missing]) => missing === name && present.has(found))?.[2];
    throw new UsageError([`${source} has no ${name}.`, cure].filter(Boolean).join(" "));
  }
}
