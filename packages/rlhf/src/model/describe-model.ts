import { createHash } from "node:crypto";
import type { ModelConfig } from "@touchstone/contracts";
import type { Files } from "./files.ts";
import type { Head } from "./head.ts";
import { modelFileNames, unpackModel } from "./model-files.ts";
import { sizeOf } from "./weights.ts";

export interface ModelDescription {
  readonly kind: "policy" | "reward";
  readonly head: Head;
  readonly config: ModelConfig;
  /** Number of weights. */
  readonly parameters: number;
  /** Size of the model's files. */
  readonly bytes: number;
  readonly tokenizerSha256: string;
  /** The day that its chat template is told it is, where the template asks. */
  readonly templateDate: string | undefined;
  /** Identity of the model: hash over its files' names and contents. */
  readonly sha256: string;
}

/** What is to be recorded of a model version. @throws TrainingError `bad_model_files` */
export function describeModel(files: Files): ModelDescription {
  const { config, head, tokenizer, weights } = unpackModel(files);
  return {
    kind: head.kind === "reward" ? "reward" : "policy",
    head,
    config,
    parameters: [...weights.values()].reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    bytes: modelFileNames.reduce((sum, name) => sum + (files.get(name)?.length ?? 0), 0),
    tokenizerSha256: tokenizer.sha256,
    templateDate: tokenizer.fixedDate,
    sha256: modelSha256(files),
  };
}

/** Identity of a model: hash over its files' names and contents. */
export function modelSha256(files: Files): string {
  const hash = createHash("sha256");
  for (const name of modelFileNames) {
    const content = files.get(name);
    if (content) hash.update(`${name} ${content.length}\n`).update(content);
  }
  return hash.digest("hex");
}
