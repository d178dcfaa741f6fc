import { type ByteSource, type Gguf, GgufError, openGguf } from "@touchstone/engine";
import type { Model } from "../model/model-files.ts";
import { reasoned, reasonedBy } from "../training-error.ts";
import { architectureOf, readGgufConfig } from "./config.ts";
import { openMetadata } from "./metadata.ts";
import { readGgufTokenizer } from "./tokenizer.ts";
import { readGgufWeights } from "./weights.ts";

/** What a GGUF file held, for whoever brought it in. */
export interface GgufReport {
  readonly architecture: string;
  /** Tensors of each type; all are float32 now. */
  readonly types: Readonly<Record<string, number>>;
  /** What its tokenizer is called there: its model and, for byte pairs, how it splits words. */
  readonly tokenizer: string;
  readonly chatTemplate: boolean;
  /** Tokens that the model could read. */
  readonly context: number;
}

/**
 * A whole model from a GGUF file of llama.cpp: weights, tokenizer and chat template. Whatever might be computed otherwise than
 * its authors meant is refused by name.
 *
 * @param file what to call it in a refusal
 * @param context tokens that it shall read at most
 * @param fits called before any weight is read, with how many there will be; it throws where they don't fit
 * @throws TrainingError `bad_model_files`
 */
export function readGgufModel(
  source: ByteSource,
  file: string,
  context: number,
  fits: (weights: number) => void,
): { model: Model; report: GgufReport } {
  return modelIn(opened(source, file), file, context, fits);
}

/** The same of a file whose header has been read. @throws TrainingError `bad_model_files` */
export function modelIn(
  gguf: Gguf,
  file: string,
  context: number,
  fits: (weights: number) => void,
): { model: Model; report: GgufReport } {
  const metadata = openMetadata(file, gguf);
  const architecture = architectureOf(metadata);
  const config = readGgufConfig(gguf, metadata, context);
  fits(
    [...gguf.tensors.values()].reduce((sum, { shape }) => sum + shape.reduce((size, extent) => size * extent, 1), 0),
  );
  const tokenizer = readGgufTokenizer(metadata);
  if (tokenizer.vocab > config.vocab) {
    throw reasoned("vocabTooSmall", { file, room: config.vocab, pieces: tokenizer.vocab });
  }
  const weights = readGgufWeights(gguf, file, architecture, config);
  const types: Record<string, number> = {};
  for (const { type } of gguf.tensors.values()) types[type.name] = (types[type.name] ?? 0) + 1;
  const pre = metadata.optionalText("tokenizer.ggml.pre");
  const kind = metadata.text("tokenizer.ggml.model");
  return {
    model: { config, head: { kind: "lm" }, tokenizer, weights },
    report: {
      ...{ architecture, types, tokenizer: kind === "gpt2" && pre !== undefined ? `${kind} (${pre})` : kind },
      chatTemplate: metadata.has("tokenizer.chat_template"),
      context: metadata.number(`${architecture}.context_length`),
    },
  };
}

function opened(source: ByteSource, file: string): Gguf {
  try {
    return openGguf(source);
  } catch (cause) {
    if (!(cause instanceof GgufError)) throw cause;
    const { fault, message: detail } = cause;
    switch (fault.kind) {
      case "type":
        throw reasonedBy(cause, "ggufType", { file, tensor: fault.tensor, type: fault.type });
      case "cutOff":
        throw reasonedBy(cause, "ggufCutOff", { file, detail });
      case "version":
        throw reasonedBy(cause, "ggufVersion", { file, detail });
      case "damaged":
        throw reasonedBy(cause, "ggufDamaged", { file, detail });
    }
  }
}
