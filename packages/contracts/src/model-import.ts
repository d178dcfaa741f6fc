import { z } from "zod";
import { Id } from "./entities/scalars.ts";
import type { ProblemIssue } from "./problem-issue.ts";
import { refusedIssue } from "./refusal-reasons.ts";

/** The most files that a model may come in: shards, tokenizer and config. */
const mostModelFiles = 100;

/** Characters of a run's name. */
const longestRunName = 200;

/**
 * A model of others, from files that were brought to the project (see `SpooledFileView`): one GGUF file, those of a folder as
 * `save_pretrained` of Hugging Face's libraries writes it, or those of a PEFT adapter, which is laid on the run's policy.
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

/** Of a folder's files, those that say how texts are read and written. */
const tokenizerNames = ["tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "chat_template.jinja"];
/** Of a folder's files, those that are read; its weights are one file or shards. */
const readNames = ["config.json", "generation_config.json", ...tokenizerNames];
const weightsName = "model.safetensors";
const indexName = "model.safetensors.index.json";
/** An adapter as PEFT writes it. */
const adapterNames = ["adapter_config.json", "adapter_model.safetensors"] as const;

/** What a set of file names amounts to. */
export type ModelFilesFault =
  /** Not one file, and no folder: what a folder lacks. */
  | { readonly kind: "lacks" | "adapterLacks"; readonly missing: readonly string[] }
  | { readonly kind: "pickled" | "severalGguf" | "twice"; readonly name: string }
  /** An adapter's file beside a whole model's. */
  | { readonly kind: "adapter"; readonly name: string; readonly other: string };

export interface ModelFiles {
  readonly form: "gguf" | "folder" | "adapter";
  /** Files that are not read, such as a README. */
  readonly leftAside: readonly string[];
  readonly fault: ModelFilesFault | null;
}

/** What files are by their names, before any is read: page, API and worker ask alike. One file alone is taken for a GGUF file. */
export function modelFilesOf(names: readonly string[]): ModelFiles {
  const gguf = names.filter((name) => name.endsWith(".gguf"));
  const [first = "", second] = gguf;
  if (second !== undefined) return faulty("folder", { kind: "severalGguf", name: second });
  if (gguf.length === 1) return { form: "gguf", leftAside: names.filter((name) => name !== first), fault: null };
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return faulty("folder", { kind: "twice", name: twice });
  const adapter = names.find((name) => /^adapter_(config|model)\./.test(name));
  return adapter === undefined ? folderOf(names) : adapterOf(names, adapter);
}

function folderOf(names: readonly string[]): ModelFiles {
  const isSharded = !names.includes(weightsName) && names.includes(indexName);
  const missing = ["config.json", isSharded ? indexName : weightsName, "tokenizer.json"].filter(
    (name) => !names.includes(name),
  );
  const pickled = names.find((name) => /^pytorch_model.*\.bin$/.test(name));
  if (pickled !== undefined && missing.includes(weightsName)) {
    return faulty("folder", { kind: "pickled", name: pickled });
  }
  if (missing.length > 0) return faulty("folder", { kind: "lacks", missing });
  const weights = (name: string) =>
    isSharded ? name === indexName || name.endsWith(".safetensors") : name === weightsName;
  return {
    form: "folder",
    leftAside: names.filter((name) => !readNames.includes(name) && !weights(name)),
    fault: null,
  };
}

/** @param adapter the one of them by which they are an adapter's */
function adapterOf(names: readonly string[], adapter: string): ModelFiles {
  const other = names.find((name) => name === weightsName || name === indexName);
  if (other !== undefined) return faulty("adapter", { kind: "adapter", name: adapter, other });
  const missing = adapterNames.filter((name) => !names.includes(name));
  const pickled = names.find((name) => /^adapter_model.*\.bin$/.test(name));
  if (pickled !== undefined && missing.includes("adapter_model.safetensors")) {
    return faulty("adapter", { kind: "pickled", name: pickled });
  }
  if (missing.length > 0) return faulty("adapter", { kind: "adapterLacks", missing });
  const read: readonly string[] = [...adapterNames, ...tokenizerNames];
  return { form: "adapter", leftAside: names.filter((name) => !read.includes(name)), fault: null };
}

function faulty(form: ModelFiles["form"], fault: ModelFilesFault): ModelFiles {
  return { form, leftAside: [], fault };
}

/** What a model goes by until somebody calls it otherwise: its GGUF file's name; the files of a folder are called alike. */
export function nameOfModelFiles(names: readonly string[]): string | undefined {
  const gguf = names.find((name) => name.endsWith(".gguf"));
  return gguf?.slice(0, -".gguf".length).slice(0, longestRunName) || undefined;
}

/** How hubs name the copy of a model whose weights were made smaller for training: here it is laid on the model itself. */
const quantised = /(-unsloth)?-bnb-(4|8)bit$/;

/**
 * The model that an adapter's `base_model_name_or_path` is likely to mean: the one of that name, or of a name that begins with
 * it, such as a quantised file's. Owner and folders say nothing of a model that was brought here.
 *
 * @param models those on offer, the likelier ones first
 */
export function baseCalled<Offered extends { readonly name: string; readonly givenName?: string | null }>(
  models: readonly Offered[],
  path: string,
): Offered | undefined {
  const plain = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, "-");
  const wanted = plain(path.split(/[/\\]/).findLast((part) => part !== "") ?? "").replace(quantised, "");
  if (wanted === "" || wanted === "-") return undefined;
  const names = (model: Offered) => [model.givenName ?? "", model.name].map(plain);
  const same = models.find((model) => names(model).includes(wanted));
  return same ?? models.find((model) => names(model).some((name) => name.startsWith(`${wanted}-`)));
}

/** What is wrong with files by their names, at the setting that names them. */
export function modelFilesIssue(fault: ModelFilesFault): ProblemIssue {
  const at = "spec.files";
  switch (fault.kind) {
    case "lacks":
      return refusedIssue(at, "modelFilesLack", { missing: fault.missing.join(", ") });
    case "adapterLacks":
      return refusedIssue(at, "adapterLacks", { missing: fault.missing.join(", ") });
    case "pickled":
      return refusedIssue(at, "modelFilesPickled", { name: fault.name });
    case "adapter":
      return refusedIssue(at, "modelFilesAdapter", { name: fault.name, other: fault.other });
    case "severalGguf":
      return refusedIssue(at, "modelFilesSeveralGguf", { name: fault.name });
    case "twice":
      return refusedIssue(at, "modelFilesTwice", { name: fault.name });
  }
}
