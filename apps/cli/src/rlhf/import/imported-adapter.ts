import { existsSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import {
  type AdapterReport,
  adapterBaseName,
  adapterFolder,
  type Files,
  importAdapter,
  importGgufModel,
  savedFolder,
} from "@touchstone/rlhf";
import { callerPath } from "../files/caller-path.ts";
import { UsageError } from "../usage-error.ts";
import { assertSaved } from "./assert-saved.ts";
import { isGguf } from "./is-gguf.ts";
import { withFile } from "./read-file.ts";

/** Whether a folder is an adapter's: a whole model that lies in it as well is refused, and not passed over. */
export function isAdapter(path: string): boolean {
  return existsSync(join(path, "adapter_config.json")) || existsSync(join(path, "adapter_model.safetensors"));
}

/** @throws UsageError, TrainingError */
export async function importedAdapter(
  source: string,
  base: string | undefined,
  context: number | undefined,
): Promise<{ readonly files: Files; readonly adapter: AdapterReport }> {
  const path = callerPath(source);
  if (existsSync(join(path, "model.safetensors"))) {
    throw new UsageError(`${source} holds an adapter and a whole model. Leave one of the two out.`);
  }
  if (!existsSync(join(path, "adapter_model.safetensors")) && existsSync(join(path, "adapter_model.bin"))) {
    throw new UsageError(
      `${source} has no adapter_model.safetensors. Load it in peft and save it again: save_pretrained writes it.`,
    );
  }
  const adapter = adapterFolder(path);
  if (base === undefined) {
    const named = adapterBaseName(adapter);
    const known = named === undefined ? "" : ` Its authors call that “${named}”.`;
    throw new UsageError(`--base: ${source} is an adapter. Name the model that it was trained on.${known}`);
  }
  const { files, report } = importAdapter(adapter, await baseFiles(base, context), context);
  return { files, adapter: report };
}

async function baseFiles(base: string, context: number | undefined): Promise<Files> {
  const path = callerPath(base);
  if (!existsSync(path)) throw new UsageError(`--base: there is no file or folder ${base}.`);
  if (statSync(path).isDirectory()) {
    await assertSaved(base, path);
    return savedFolder(path, context);
  }
  if (!isGguf(base)) throw new UsageError(`--base: ${base} is neither a model's folder nor a GGUF file.`);
  return withFile(base, (file) => importGgufModel(file, basename(base), context)).files;
}
