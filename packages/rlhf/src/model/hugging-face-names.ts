import type { ModelConfig } from "@touchstone/contracts";
import type { SafeTensor } from "@touchstone/engine";
import { reasoned } from "../training-error.ts";
import { fileStyle } from "./config-json.ts";
import { learnedPositions, weightShapes } from "./weight-shapes.ts";
import { sizeOf, type Weights } from "./weights.ts";

const weightsFile = "model.safetensors";

/** A tensor of Hugging Face's GPT-2 and those of ours that it is made of, one below the other. */
export interface Piece {
  readonly file: string;
  readonly ours: readonly string[];
  /** Their linear layers (`Conv1D`) are (in, out). */
  readonly transposed: boolean;
}

export function gpt2Pieces({ layers }: ModelConfig): Piece[] {
  const linear = (file: string, ...ours: string[]): Piece[] => [
    { file: `${file}.weight`, ours: ours.map((name) => `${name}.weight`), transposed: true },
    { file: `${file}.bias`, ours: ours.map((name) => `${name}.bias`), transposed: false },
  ];
  const norm = (file: string, ours: string) =>
    ["weight", "bias"].map(
      (part): Piece => ({ file: `${file}.${part}`, ours: [`${ours}.${part}`], transposed: false }),
    );
  const blocks = Array.from({ length: layers }, (_, layer) => {
    const [theirs, ours] = [`transformer.h.${layer}`, `model.layers.${layer}`];
    return [
      ...norm(`${theirs}.ln_1`, `${ours}.input_layernorm`),
      ...linear(`${theirs}.attn.c_attn`, ...["q", "k", "v"].map((name) => `${ours}.self_attn.${name}_proj`)),
      ...linear(`${theirs}.attn.c_proj`, `${ours}.self_attn.o_proj`),
      ...norm(`${theirs}.ln_2`, `${ours}.post_attention_layernorm`),
      ...linear(`${theirs}.mlp.c_fc`, `${ours}.mlp.up_proj`),
      ...linear(`${theirs}.mlp.c_proj`, `${ours}.mlp.down_proj`),
    ];
  });
  return [
    { file: "transformer.wte.weight", ours: ["model.embed_tokens.weight"], transposed: false },
    { file: "transformer.wpe.weight", ours: [learnedPositions], transposed: false },
    ...blocks.flat(),
    ...norm("transformer.ln_f", "model.norm"),
  ];
}

/** Shapes of our tensors as if there were biases: their GPT-2 always has them. */
function shapesWithBiases(config: ModelConfig): Map<string, readonly number[]> {
  const shapes = weightShapes({ ...config, biases: true }, { kind: "lm" });
  return new Map(shapes.map(({ name, shape }) => [name, shape]));
}

/** A model's tensors as its file holds them; heads keep their names. Biases that ours lacks are written as zeros. */
export function toFileNames(config: ModelConfig, weights: Weights): Weights {
  if (fileStyle(config) !== "gpt2") return weights;
  const rest = new Map(weights);
  const shapes = shapesWithBiases(config);
  const written = new Map<string, SafeTensor>();
  for (const { file, ours, transposed } of gpt2Pieces(config)) {
    const parts = ours.map((name) => {
      const shape = shapes.get(name) ?? [];
      return rest.get(name)?.values ?? new Float32Array(sizeOf(shape));
    });
    const [, ...inner] = shapes.get(ours[0] ?? "") ?? [];
    const values = Float32Array.from(parts.flatMap((part) => [...part]));
    const stacked = { shape: [values.length / sizeOf(inner), ...inner], values };
    written.set(file, transposed ? transposedOf(stacked) : stacked);
    for (const name of ours) rest.delete(name);
  }
  return new Map([...written, ...rest]);
}

/**
 * The tensors of a file under our names. What is no part of a GPT-2 decoder keeps its name, for the caller to know or refuse.
 * @throws TrainingError `bad_model_files` if a tensor is missing or has another shape than the config's
 */
export function fromFileNames(config: ModelConfig, file: Weights): Weights {
  if (fileStyle(config) !== "gpt2") return withoutTiedOutput(config, llamaBody(file), "model.embed_tokens.weight");
  const rest = new Map(withoutTiedOutput(config, gpt2Body(file), "transformer.wte.weight"));
  const shapes = shapesWithBiases(config);
  const read = new Map<string, SafeTensor>();
  for (const piece of gpt2Pieces(config)) {
    const parts = piece.ours.map((name) => shapes.get(name) ?? []);
    const [, ...inner] = parts[0] ?? [];
    const stacked = [parts.reduce((sum, [rows = 0]) => sum + rows, 0), ...inner];
    const found = rest.get(piece.file);
    const expected = piece.transposed ? [...stacked].reverse() : stacked;
    if (found?.shape.join() !== expected.join())
      throw reasoned("tensorShape", { file: weightsFile, tensor: piece.file, shape: expected.join() });
    rest.delete(piece.file);
    const { values } = piece.transposed ? transposedOf(found) : found;
    if (piece.file.endsWith(".bias") && !config.biases) {
      if (values.some((value) => value !== 0)) {
        throw reasoned("tensorBiasUnread", { file: weightsFile, tensor: piece.file });
      }
      continue;
    }
    let offset = 0;
    for (const [index, name] of piece.ours.entries()) {
      const shape = parts[index] ?? [];
      read.set(name, { shape, values: values.slice(offset, offset + sizeOf(shape)) });
      offset += sizeOf(shape);
    }
  }
  return new Map([...read, ...rest]);
}

/** Old files of GPT-2 name the decoder's tensors without `transformer.`, and keep the causal mask among them. */
function gpt2Body(file: Weights): Weights {
  const tensors = [...file].filter(([name]) => !/(^|\.)attn\.(masked_)?bias$/.test(name));
  const prefix = (name: string) => (/^(wte|wpe|h|ln_f)\./.test(name) ? `transformer.${name}` : name);
  return new Map(tensors.map(([name, tensor]) => [prefix(name), tensor]));
}

/** Files of transformers before 4.32 keep the rotations' frequencies, which follow from the config. */
function llamaBody(file: Weights): Weights {
  return new Map([...file].filter(([name]) => !name.endsWith(".rotary_emb.inv_freq")));
}

/** Some writers store a tied output again, under its own name. */
function withoutTiedOutput({ tied }: ModelConfig, file: Weights, embedding: string): Weights {
  const output = file.get("lm_head.weight");
  if (!tied || !output) return file;
  const table = file.get(embedding)?.values;
  if (output.values.length !== table?.length || output.values.some((value, at) => value !== table[at])) {
    throw reasoned("tensorOutputDiffers", { file: weightsFile, tensor: "lm_head.weight" });
  }
  return new Map([...file].filter(([name]) => name !== "lm_head.weight"));
}

/** (m, n) → (n, m) */
function transposedOf({ shape: [rows = 0, columns = 0], values }: SafeTensor): SafeTensor {
  const turned = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      turned[column * rows + row] = values[row * columns + column] ?? 0;
    }
  }
  return { shape: [columns, rows], values: turned };
}
