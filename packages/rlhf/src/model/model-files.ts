import type { ModelConfig } from "@touchstone/contracts";
import { writeSafetensors } from "@touchstone/engine";
import { readTokenizer, tokenizerFileNames } from "../tokenizer/read-tokenizer.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { reasoned } from "../training-error.ts";
import { checkedConfig } from "./checked-config.ts";
import { writeConfig } from "./config-json.ts";
import type { Files } from "./files.ts";
import type { Head } from "./head.ts";
import { fromFileNames, toFileNames } from "./hugging-face-names.ts";
import { refuseOtherTensors } from "./other-tensors.ts";
import { readTensors } from "./read-tensors.ts";
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
 *
 * @param tensors those of its files, where they have been read already
 * @throws TrainingError `bad_model_files`
 */
export function unpackModel(files: Files, tensors?: Weights): Model {
  const { config, head, tokenizer } = unpackWithoutWeights(files);
  const file = "model.safetensors";
  const weights = fromFileNames(config, tensors ?? readTensors(file, fileOf(files, file)));
  const expected = weightShapes(config, head);
  refuseOtherTensors(
    file,
    [...weights.keys()],
    expected.map(({ name }) => name),
  );
  // In the order of the config, so that what is written again has the same bytes.
  const ordered = new Map(
    expected.map(({ name, shape }) => {
      const weight = weights.get(name);
      if (weight?.shape.join() !== shape.join()) {
        throw reasoned("tensorShape", { file, tensor: name, shape: shape.join() });
      }
      if (!weight.values.every(Number.isFinite)) throw reasoned("tensorNotFinite", { file, tensor: name });
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
  const file = "config.json";
  const { config, head } = checkedConfig(file, fileOf(files, file));
  if (tokenizer.vocab > config.vocab) {
    throw reasoned("vocabTooSmall", { file, room: config.vocab, pieces: tokenizer.vocab });
  }
  return { config, head, tokenizer };
}

function fileOf(files: Files, name: (typeof modelFileNames)[number]): Uint8Array {
  const bytes = files.get(name);
  if (!bytes) throw reasoned("fileMissing", { file: name });
  return bytes;
}
