import { z } from "zod";
import { Id } from "./entities/scalars.ts";
import type { ProblemIssue } from "./problem-issue.ts";
import { refusedIssue } from "./refusal-reasons.ts";

/** The most files that a model may come in: shards, tokenizer and config. */
const mostModelFiles = 100;

/** Characters of a run's name. */
const longestRunName = 200;

/**
 * A model of others, from files that were brought to the project (see `SpooledFileView`): one GGUF file, or those of a folder
 * as `save_pretrained` of Hugging Face's libraries writes it.
 */
export const ImportModelSpec = z.strictObject({
  trainer: z.literal("import"),
  files: z.array(Id).min(1).max(mostModelFiles).describe("Brought files, by their ids"),
  context: z
    .number()
    .int()
    .min(8)
    .max(4_096)
    .default(4_096)
    .describe("Tokens that it reads at most, where the model could read more"),
});
export type ImportModelSpec = z.infer<typeof ImportModelSpec>;

/** Of a folder's files, those that are read; its weights are one file or shards. */
const readNames = [
  "config.json",
  "generation_config.json",
  "tokenizer.json",
  "tokenizer_config.json",
  "special_tokens_map.json",
  "chat_template.jinja",
];
const weightsName = "model.safetensors";
const indexName = "model.safetensors.index.json";

/** What a set of file names amounts to. */
export type ModelFilesFault =
  /** Not one file, and no folder: what a folder lacks. */
  | { readonly kind: "lacks"; readonly missing: readonly string[] }
  | { readonly kind: "pickled" | "adapter" | "severalGguf" | "twice"; readonly name: string };

export interface ModelFiles {
  readonly form: "gguf" | "folder";
  /** Files that are not read, such as a README. */
  readonly leftAside: readonly string[];
  readonly fault: ModelFilesFault | null;
}

/** What files are by their names, before any is read: page, API and worker ask alike. One file alone is taken for a GGUF file. */
export function modelFilesOf(names: readonly string[]): ModelFiles {
  const folder = (fault: ModelFilesFault | null, leftAside: readonly string[] = []): ModelFiles => ({
    ...{ form: "folder", leftAside, fault },
  });
  const gguf = names.filter((name) => name.endsWith(".gguf"));
  const [first = "", second] = gguf;
  if (second !== undefined) return folder({ kind: "severalGguf", name: second });
  if (gguf.length === 1) return { form: "gguf", leftAside: names.filter((name) => name !== first), fault: null };
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return folder({ kind: "twice", name: twice });
  const adapter = names.find((name) => /^adapter_(config|model)\./.test(name));
  if (adapter !== undefined) return folder({ kind: "adapter", name: adapter });
  const isSharded = !names.includes(weightsName) && names.includes(indexName);
  const missing = ["config.json", isSharded ? indexName : weightsName, "tokenizer.json"].filter(
    (name) => !names.includes(name),
  );
  const pickled = names.find((name) => /^pytorch_model.*\.bin$/.test(name));
  if (pickled !== undefined && missing.includes(weightsName)) return folder({ kind: "pickled", name: pickled });
  if (missing.length > 0) return folder({ kind: "lacks", missing });
  const weights = (name: string) =>
    isSharded ? name === indexName || name.endsWith(".safetensors") : name === weightsName;
  return folder(
    null,
    names.filter((name) => !readNames.includes(name) && !weights(name)),
  );
}

/** What a model goes by until somebody calls it otherwise: its GGUF file's name; the files of a folder are called alike. */
export function nameOfModelFiles(names: readonly string[]): string | undefined {
  const gguf = names.find((name) => name.endsWith(".gguf"));
  return gguf?.slice(0, -".gguf".length).slice(0, longestRunName) || undefined;
}

/** What is wrong with files by their names, at the setting that names them. */
export function modelFilesIssue(fault: ModelFilesFault): ProblemIssue {
  const at = "spec.files";
  switch (fault.kind) {
    case "lacks":
      return refusedIssue(at, "modelFilesLack", { missing: fault.missing.join(", ") });
    case "pickled":
      return refusedIssue(at, "modelFilesPickled", { name: fault.name });
    case "adapter":
      return refusedIssue(at, "modelFilesAdapter", { name: fault.name });
    case "severalGguf":
      return refusedIssue(at, "modelFilesSeveralGguf", { name: fault.name });
    case "twice":
      return refusedIssue(at, "modelFilesTwice", { name: fault.name });
  }
}
