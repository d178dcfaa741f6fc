import type { ModelConfig } from "@touchstone/contracts";
import type { Gguf, SafeTensor } from "@touchstone/engine";
import { inHalves } from "../model/in-halves.ts";
import { refuseOtherTensors } from "../model/other-tensors.ts";
import { headSize } from "../model/sizes.ts";
import { learnedPositions, weightShapes } from "../model/weight-shapes.ts";
import { sizeOf, type Weights } from "../model/weights.ts";
import { reasoned } from "../training-error.ts";
import { type Architecture, rotationFactors } from "./config.ts";

/** llama.cpp's names of the tensors outside the blocks, and of those within, after `blk.N.`. */
const outside: Readonly<Record<string, string>> = {
  "model.embed_tokens": "token_embd",
  "model.embed_positions": "position_embd",
  "model.norm": "output_norm",
  lm_head: "output",
};
const within: Readonly<Record<string, string>> = {
  input_layernorm: "attn_norm",
  "self_attn.q_proj": "attn_q",
  "self_attn.k_proj": "attn_k",
  "self_attn.v_proj": "attn_v",
  "self_attn.o_proj": "attn_output",
  "self_attn.q_norm": "attn_q_norm",
  "self_attn.k_norm": "attn_k_norm",
  post_attention_layernorm: "ffn_norm",
  "mlp.gate_proj": "ffn_gate",
  "mlp.up_proj": "ffn_up",
  "mlp.down_proj": "ffn_down",
};
/** GPT-2's queries, keys and values lie in one tensor there, one below the other. */
const fused = ["q", "k", "v"];

/** Where a tensor of ours lies in the file: its name there, and from which row on. */
interface Place {
  readonly name: string;
  readonly row: number;
}

function placeOf(architecture: Architecture, name: string, width: number): Place {
  const [, layer, module = "", part = ""] = /^(?:model\.layers\.(\d+)\.)?(.+)\.(weight|bias)$/.exec(name) ?? [];
  if (layer === undefined) return { name: `${outside[module]}.${part}`, row: 0 };
  const third = fused.indexOf(/^self_attn\.([qkv])_proj$/.exec(module)?.[1] ?? "");
  if (architecture !== "gpt2" || third < 0) return { name: `blk.${layer}.${within[module]}.${part}`, row: 0 };
  return { name: `blk.${layer}.attn_qkv.${part}`, row: third * width };
}

/**
 * The weights of a GGUF file under our names, dequantised.
 * @throws TrainingError `bad_model_files` naming a tensor that is missing, further, of another shape or no number
 */
export function readGgufWeights(gguf: Gguf, file: string, architecture: Architecture, config: ModelConfig): Weights {
  const shapes = weightShapes(config, { kind: "lm" });
  const places = new Map(shapes.map(({ name }) => [name, placeOf(architecture, name, config.width)]));
  const expected = [...new Set([...places.values()].map(({ name }) => name))];
  const found = [...gguf.tensors.keys()].filter((name) => name !== rotationFactors);
  refuseOtherTensors(file, found, expected);
  for (const { name, shape } of shapes) refuseOtherShape(gguf, file, name, shape, places.get(name));
  const read = lastRead(gguf);
  return new Map(
    shapes.map(({ name, shape }): [string, SafeTensor] => {
      const { name: stored, row } = places.get(name) ?? { name, row: 0 };
      const [, width = 1] = shape;
      const values = cut(read(stored), row * width, sizeOf(shape));
      if (!values.every(Number.isFinite)) throw reasoned("tensorNotFinite", { file, tensor: stored });
      const turned = architecture === "llama" && /\.self_attn\.[qk]_proj\./.test(name);
      return [name, { shape, values: turned ? inHalves(values, headSize(config), width) : values }];
    }),
  );
}

/** Learned positions may be cut to their first rows, and a fused tensor has three times the rows of a part. */
function refuseOtherShape(gguf: Gguf, file: string, name: string, shape: readonly number[], place: Place | undefined) {
  const stored = place?.name ?? name;
  const [rows = 0, ...inner] = gguf.tensors.get(stored)?.shape ?? [];
  const [wanted = 0, ...wantedInner] = shape;
  const least = stored.includes(".attn_qkv.") ? 3 * wanted : wanted;
  const fits = name === learnedPositions ? rows >= wanted : rows === least;
  if (fits && inner.join() === wantedInner.join()) return;
  throw reasoned("tensorShape", { file, tensor: stored, shape: [least, ...wantedInner].join() });
}

/** A tensor that several of ours lie in is dequantised once: they are asked for one after the other. */
function lastRead(gguf: Gguf): (name: string) => Float32Array {
  const last = new Map<string, Float32Array>();
  return (name) => {
    const known = last.get(name);
    if (known) return known;
    last.clear();
    const { values } = gguf.read(name);
    last.set(name, values);
    return values;
  };
}

function cut(values: Float32Array, from: number, size: number): Float32Array {
  return from === 0 && size === values.length ? values : values.slice(from, from + size);
}
