import { ModelConfig } from "@touchstone/contracts";
import { writeSafetensors } from "@touchstone/engine";
import { z } from "zod";
import type { Files } from "../model/files.ts";
import { Head } from "../model/head.ts";
import { readTensors } from "../model/read-tensors.ts";
import { reasoned, reasonedBy } from "../training-error.ts";
import { type BlockName, blockNames } from "./blocks.ts";

/** What a model's config.json is of, where the model is a head on another's frozen features. */
const frozenType = "touchstone-frozen-features";
/** The head's weights. */
export const frozenWeights = "features.safetensors";
/** Before the names of the files of the model that it rests on, which whoever reads it puts beside its own. */
const restsOnPrefix = "rests-on/";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const FrozenJson = z.strictObject({
  model_type: z.literal(frozenType),
  format: z.literal(1),
  /** The language model whose states it reads. No file of it is kept here. */
  restsOn: z.strictObject({ name: z.string().max(200), sha256, tokenizerSha256: sha256, config: ModelConfig }),
  /** Tokens of an answer and the end of its prompt that are read at most. */
  context: z.number().int().min(1),
  recipe: z.string().max(100),
  /** C of its ridge. */
  strength: z.number().positive(),
  bias: z.number(),
  head: Head,
});
export type FrozenJson = z.infer<typeof FrozenJson>;

/** A reward model that is linear in a language model's frozen features: score = bias + Σ weight · feature. */
export interface FrozenModel extends Omit<FrozenJson, "model_type" | "format"> {
  readonly weights: ReadonlyMap<BlockName, Float32Array>;
}

/** Whether these are the files of such a model. */
export function isFrozenModel(files: Files): boolean {
  return files.has(frozenWeights);
}

/** Its own files; equal models give equal bytes. */
export function packFrozen({ weights, ...rest }: FrozenModel): Map<string, Uint8Array> {
  const config: FrozenJson = { model_type: frozenType, format: 1, ...rest };
  const tensors = new Map([...weights].map(([name, values]) => [`${name}.weight`, { shape: [values.length], values }]));
  return new Map([
    ["config.json", new TextEncoder().encode(`${JSON.stringify(config, null, 2)}\n`)],
    [frozenWeights, writeSafetensors(tensors)],
  ]);
}

/** Reads them, trusting nothing. @throws TrainingError `bad_model_files` */
export function unpackFrozen(files: Files): FrozenModel {
  const file = "config.json";
  const bytes = files.get(file);
  const tensors = files.get(frozenWeights);
  if (!bytes || !tensors) throw reasoned("fileMissing", { file: bytes ? frozenWeights : file });
  const { model_type: _, format: __, ...rest } = parsed(file, bytes);
  const weights = new Map<BlockName, Float32Array>();
  for (const [name, { values }] of readTensors(frozenWeights, tensors)) {
    const block = blockNames.find((one) => name === `${one}.weight`);
    if (!block) throw reasoned("tensorsFurther", { file: frozenWeights, further: name });
    if (!values.every(Number.isFinite)) throw reasoned("tensorNotFinite", { file: frozenWeights, tensor: name });
    weights.set(block, values);
  }
  return { ...rest, weights };
}

function parsed(file: string, bytes: Uint8Array): FrozenJson {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw reasonedBy(cause, "fileNotJson", { file });
  }
  const result = FrozenJson.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const [key, detail] = [issue?.path.join(".") ?? "", issue?.message ?? ""];
  throw reasonedBy(result.error, "fileKey", { file, key, detail });
}

/** The files of the model that it rests on, as they lie beside its own. */
export function restedOn(files: Files): Files {
  return new Map(
    [...files].flatMap(([name, bytes]) =>
      name.startsWith(restsOnPrefix) ? [[name.slice(restsOnPrefix.length), bytes]] : [],
    ),
  );
}

/** A frozen model's own files with those of the model that it rests on beside them: what scores answers. */
export function withRestedOn(files: Files, base: Files): Files {
  return new Map([...files, ...[...base].map(([name, bytes]) => [`${restsOnPrefix}${name}`, bytes] as const)]);
}

/** What a model rests on, for whoever has to find it; nothing for models that are whole. @throws TrainingError `bad_model_files` */
export function restsOnOf(files: Files): Pick<FrozenJson["restsOn"], "name" | "sha256"> | undefined {
  return isFrozenModel(files) ? unpackFrozen(files).restsOn : undefined;
}
