import type { SafeTensor } from "@touchstone/engine";
import { z } from "zod";
import { reasoned, reasonedBy } from "../training-error.ts";
import type { Files } from "./files.ts";
import { readTensors } from "./read-tensors.ts";
import type { Weights } from "./weights.ts";

/** Says of each tensor of a large model in which file it lies. */
export const shardIndex = "model.safetensors.index.json";

const Index = z.looseObject({
  weight_map: z.record(
    z.string(),
    z.string().regex(/^[\w-][\w.-]*\.safetensors$/, "a shard's name is no file's beside it"),
  ),
});

/** Names of the files among which a model's tensors are shared. @throws TrainingError `bad_model_files` */
export function shardNames(index: Uint8Array): string[] {
  return [...new Set(Object.values(weightMap(index)))].sort();
}

/** The tensors of all shards. @throws TrainingError `bad_model_files` where they are not those of the index */
export function readShards(files: Files): Weights {
  const index = files.get(shardIndex);
  if (!index) throw reasoned("fileMissing", { file: "model.safetensors" });
  const map = weightMap(index);
  const tensors = new Map<string, SafeTensor>();
  for (const name of shardNames(index)) {
    const bytes = files.get(name);
    if (!bytes) throw reasoned("fileMissing", { file: name });
    for (const [tensor, values] of readTensors(name, bytes)) {
      if (map[tensor] !== name) throw unread(`${tensor} lies in ${name}, where it is not listed`);
      tensors.set(tensor, values);
    }
  }
  const missing = Object.keys(map).find((tensor) => !tensors.has(tensor));
  if (missing !== undefined) throw unread(`${missing} is not in ${map[missing]}, where it is listed`);
  return tensors;
}

function weightMap(index: Uint8Array): Record<string, string> {
  try {
    return Index.parse(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(index))).weight_map;
  } catch (cause) {
    if (cause instanceof z.ZodError) {
      const detail = cause.issues[0]?.message ?? "";
      throw reasonedBy(cause, "shardsUnread", { file: shardIndex, detail });
    }
    throw reasonedBy(cause, "fileNotJson", { file: shardIndex });
  }
}

function unread(detail: string) {
  return reasoned("shardsUnread", { file: shardIndex, detail });
}
