import { createHash } from "node:crypto";
import type { ModelConfig } from "@touchstone/contracts";
import { frozenWeights, isFrozenModel, unpackFrozen } from "../features/frozen-model.ts";
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
  if (isFrozenModel(files)) return describeFrozen(files);
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

/** Of a head on frozen features: its own weights and files, and the tokenizer of the model that it rests on. */
function describeFrozen(files: Files): ModelDescription {
  const { head, restsOn, weights } = unpackFrozen(files);
  return {
    kind: head.kind === "reward" ? "reward" : "policy",
    head,
    config: restsOn.config,
    parameters: [...weights.values()].reduce((sum, { length }) => sum + length, 0),
    bytes: hashedNames.reduce((sum, name) => sum + (files.get(name)?.length ?? 0), 0),
    tokenizerSha256: restsOn.tokenizerSha256,
    templateDate: undefined,
    sha256: modelSha256(files),
  };
}

const hashedNames = [...modelFileNames, frozenWeights];

/** Identity of a model: hash over its files' names and contents. */
export function modelSha256(files: Files): string {
  const hash = createHash("sha256");
  for (const name of hashedNames) {
    const content = files.get(name);
    if (content) hash.update(`${name} ${content.length}\n`).update(content);
  }
  return hash.digest("hex");
}
