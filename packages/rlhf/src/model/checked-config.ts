import type { ModelConfig } from "@touchstone/contracts";
import { ZodError, type z } from "zod";
import { reasonedBy, type TrainingError } from "../training-error.ts";
import { readConfig } from "./config-json.ts";
import { BrokenRule } from "./config-rules.ts";
import type { Head } from "./head.ts";

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
  const broken = issue?.code === "custom" ? BrokenRule.safeParse(issue.params).data : undefined;
  if (broken !== undefined) return refusedByRule(file, cause, broken);
  // A model of ours and a foreign one have keys of their own: no key of either says what to mend.
  if (issue === undefined || issue.path.length === 0) return reasonedBy(cause, "fileForeign", { file });
  return reasonedBy(cause, "fileKey", { file, key: issue.path.join("."), detail: issue.message });
}

function refusedByRule(file: string, cause: unknown, rule: z.infer<typeof BrokenRule>): TrainingError {
  switch (rule.code) {
    case "configRotations":
      return reasonedBy(cause, rule.code, { file, ...rule.values });
    case "configWindow":
      return reasonedBy(cause, rule.code, { file, ...rule.values });
    default:
      return reasonedBy(cause, rule.code, { file });
  }
}
