import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describeModel, type Files, type ModelDescription } from "@touchstone/rlhf";
import { UsageError } from "../usage-error.ts";
import { callerPath } from "./caller-path.ts";
import { readFolder } from "./folder.ts";

/** A model on disk, and what is recorded of it. */
export interface StoredModel extends Pick<ModelDescription, "kind" | "parameters" | "sha256"> {
  readonly path: string;
  readonly files: Files;
}

/**
 * Opens a model: its own folder, or the run directory that made it.
 * @throws UsageError if there is none; TrainingError `bad_model_files`
 */
export async function readModel(flag: string, path: string): Promise<StoredModel> {
  const given = callerPath(path);
  const folder = existsSync(join(given, "model", "config.json")) ? join(given, "model") : given;
  if (!existsSync(join(folder, "config.json"))) {
    const unfinished = existsSync(join(given, "manifest.json")) ? " The run there has not ended yet." : "";
    throw new UsageError(
      `${flag}: there is no model in ${path}.${unfinished} Name a run directory or a model's folder.`,
    );
  }
  const files = await readFolder(folder);
  const { kind, parameters, sha256 } = describeModel(files);
  return { path: folder, files, kind, parameters, sha256 };
}

export function sha256Of(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
