import type { ModelConfig } from "@touchstone/contracts";
import { ZodError } from "zod";
import { reasonedBy, type TrainingError } from "../training-error.ts";
import { readConfig } from "./config-json.ts";
import type { Head } from "./head.ts";

/** Rules over several keys of a config, by the name that they carry in their `params`. */
const rules = [
  "configBiasesDiffer",
  "configHeadsUneven",
  "configForeignHead",
  "configWidthOfHeads",
  "configSharedHeads",
] as const;

/** Reads a config, trusting nothing in it. @throws TrainingError `bad_model_files` with the first thing that is wrong */
export function checkedConfig(file: string, bytes: Uint8Array): { config: ModelConfig; head: Head } {
  try {
    return readConfig(bytes);
  } catch (cause) {
    throw refusedConfig(file, cause);
  }
}

function refusedConfig(file: string, cause: unknown): TrainingError {
  const issue = cause instanceof ZodError ? cause.issues[0] : undefined;
  const broken = issue?.code === "custom" ? rules.find((rule) => rule === issue.params?.code) : undefined;
  if (broken !== undefined) return reasonedBy(cause, broken, { file });
  // A model of ours and a foreign one have keys of their own: no key of either says what to mend.
  if (issue === undefined || issue.path.length === 0) return reasonedBy(cause, "fileForeign", { file });
  return reasonedBy(cause, "fileKey", { file, key: issue.path.join("."), detail: issue.message });
}
