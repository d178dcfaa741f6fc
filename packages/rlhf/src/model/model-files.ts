import type { ModelConfig } from "@touchstone/contracts";
import { readSafetensors, SafetensorsError, writeSafetensors } from "@touchstone/engine";
import { ZodError } from "zod";
import { readTokenizer, tokenizerFileNames } from "../tokenizer/read-tokenizer.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { TrainingError } from "../training-error.ts";
import { readConfig, writeConfig } from "./config-json.ts";
import type { Files } from "./files.ts";
import type { Head } from "./head.ts";
import { fromFileNames, toFileNames } from "./hugging-face-names.ts";
import { weightShapes } from "./weight-shapes.ts";
import type { Weights } from "./weights.ts";

/** A whole model outside the engine. */
export interface Model<H extends Head = Head> {
  readonly config: ModelConfig;
  readonly head: H;
  readonly tokenizer: Tokenizer;
  readonly weights: Weights;
}

/** Every file that can be part of a model; its tokenizer may have but one. */
export const modelFileNames = ["config.json", "model.safetensors", ...tokenizerFileNames] as const;

/** The model as a Hugging Face folder in memory. Equal models give equal bytes. */
export function packModel({ config, head, tokenizer, weights }: Model): Map<string, Uint8Array> {
  return new Map([
    ["config.json", writeConfig(config, head, tokenizer)],
    ["model.safetensors", writeSafetensors(toFileNames(config, weights))],
    ...tokenizer.files,
  ]);
}

/**
 * Reads such a folder, trusting nothing in it: sizes, names and shapes must be the config's, and every weight a number.
 * @throws TrainingError `bad_model_files`
 */
export function unpackModel(files: Files): Model {
  const { config, head, tokenizer } = unpackWithoutWeights(files);
  const weights = refusing("model.safetensors", () =>
    fromFileNames(config, readSafetensors(fileOf(files, "model.safetensors"))),
  );
  const expected = weightShapes(config, head);
  refuseOtherTensors(
    weights,
    expected.map(({ name }) => name),
  );
  // In the order of the config, so that what is written again has the same bytes.
  const ordered = new Map(
    expected.map(({ name, shape }) => {
      const weight = weights.get(name);
      if (weight?.shape.join() !== shape.join()) throw bad("model.safetensors", `${name} is not of shape [${shape}]`);
      if (!weight.values.every(Number.isFinite))
        throw bad("model.safetensors", `${name} holds values that are no numbers`);
      return [name, weight] as const;
    }),
  );
  return { config, head, tokenizer, weights: ordered };
}

/**
 * What decides how texts become tokens and how many there may be: all but the weights.
 * @throws TrainingError `bad_model_files`
 */
export function unpackWithoutWeights(files: Files): Omit<Model, "weights"> {
  const tokenizer = readTokenizer(files);
  const { config, head } = refusing("config.json", () => readConfig(fileOf(files, "config.json")));
  if (tokenizer.vocab > config.vocab) {
    throw bad("config.json", `it has room for ${config.vocab} pieces, the tokenizer has ${tokenizer.vocab}`);
  }
  return { config, head, tokenizer };
}

/** Names that are listed of tensors that are missing or have no place: enough to see of what kind they are. */
const mostNamed = 3;

/** @throws TrainingError naming tensors that are missing and those that there is no place for */
function refuseOtherTensors(weights: Weights, expected: readonly string[]): void {
  const known = new Set(expected);
  const missing = expected.filter((name) => !weights.has(name));
  const further = [...weights.keys()].filter((name) => !known.has(name));
  const named = (what: string, names: readonly string[]) => {
    const rest = names.length > mostNamed ? ` and ${names.length - mostNamed} more` : "";
    return names.length === 0 ? [] : [`${what} ${names.slice(0, mostNamed).join(", ")}${rest}`];
  };
  const why = [...named("it lacks", missing), ...named("there is no place for", further)].join("; ");
  if (why !== "") throw bad("model.safetensors", why);
}

function fileOf(files: Files, name: (typeof modelFileNames)[number]): Uint8Array {
  const bytes = files.get(name);
  if (!bytes) throw bad(name, "it is missing");
  return bytes;
}

function refusing<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof TrainingError) throw cause;
    throw new TrainingError("bad_model_files", `${name} can't be used: ${reasonOf(cause)}.`, { cause });
  }
}

/** The first thing that is wrong, by its name in the file. */
function reasonOf(cause: unknown): string {
  if (cause instanceof SafetensorsError) return cause.message;
  const issue = cause instanceof ZodError ? cause.issues[0] : undefined;
  // A model of ours and a foreign one have keys of their own: no key of either says what to mend.
  // Rules over several keys say themselves what is wrong.
  if (issue?.code === "custom") return issue.message;
  if (issue === undefined || issue.path.length === 0) return "it is damaged or not of this project";
  return `${issue.path.join(".")}: ${issue.message}`;
}

function bad(name: string, why: string): TrainingError {
  return new TrainingError("bad_model_files", `${name} can't be used: ${why}.`);
}
