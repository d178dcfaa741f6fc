import { ModelConfig } from "@touchstone/contracts";
import { inHalves } from "../model/in-halves.ts";
import { weightShapes } from "../model/weight-shapes.ts";
import { sizeOf, type Weights } from "../model/weights.ts";
import { reasoned, reasonedBy } from "../training-error.ts";

const headerBytes = 28;
const perLayer = "model.layers.*.";

/** The order of llama2.c's file: each block holds all layers of one kind of tensor. */
const blocks = [
  "model.embed_tokens.weight",
  `${perLayer}input_layernorm.weight`,
  `${perLayer}self_attn.q_proj.weight`,
  `${perLayer}self_attn.k_proj.weight`,
  `${perLayer}self_attn.v_proj.weight`,
  `${perLayer}self_attn.o_proj.weight`,
  `${perLayer}post_attention_layernorm.weight`,
  `${perLayer}mlp.gate_proj.weight`,
  `${perLayer}mlp.down_proj.weight`,
  `${perLayer}mlp.up_proj.weight`,
  "model.norm.weight",
] as const;

/**
 * Reads a checkpoint of llama2.c in its first format (github.com/karpathy/llama2.c, `legacy_export`): seven int32 (width,
 * hidden, layers, heads, key/value heads, vocabulary, context; a negative vocabulary means an output of its own), then
 * float32 tensors. Queries and keys are put from Llama's order of rotary channels into Hugging Face's, which is ours.
 *
 * @throws TrainingError `bad_model_files`; a file from a stranger allocates nothing beyond its own size
 */
export function readLlama2cCheckpoint(bytes: Uint8Array): { config: ModelConfig; weights: Weights } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const config = readHeader(view);
  const shapes = new Map(weightShapes(config, { kind: "lm" }).map(({ name, shape }) => [name, shape] as const));
  // Tables of the rotary angles follow, which later versions of llama2.c no longer read either.
  const angles = (config.context * config.width) / config.heads;
  const values = [...shapes.values()].reduce((sum, shape) => sum + sizeOf(shape), angles);
  if (bytes.length !== headerBytes + 4 * values) {
    throw reasoned("llamaSize", { wanted: headerBytes + 4 * values, bytes: bytes.length });
  }
  const found = new Map<string, Float32Array>();
  let offset = headerBytes;
  const take = (name: string) => {
    const tensor = new Float32Array(sizeOf(shapes.get(name) ?? []));
    for (let i = 0; i < tensor.length; i++, offset += 4) tensor[i] = view.getFloat32(offset, true);
    if (!tensor.every(Number.isFinite)) throw reasoned("llamaNotFinite", { tensor: name });
    found.set(name, tensor);
  };
  for (const block of blocks) {
    if (!block.startsWith(perLayer)) take(block);
    else for (let layer = 0; layer < config.layers; layer++) take(block.replace("*", String(layer)));
  }
  offset += 4 * angles;
  if (!config.tied) take("lm_head.weight");

  const size = config.width / config.heads;
  const weights = [...shapes].map(([name, shape]) => {
    const tensor = found.get(name) ?? new Float32Array();
    return [name, { shape, values: /[qk]_proj/.test(name) ? inHalves(tensor, size, config.width) : tensor }] as const;
  });
  return { config, weights: new Map(weights) };
}

function readHeader(view: DataView): ModelConfig {
  if (view.byteLength < headerBytes) throw reasoned("llamaShort");
  const at = (place: number) => view.getInt32(4 * place, true);
  const vocab = at(5);
  const config = ModelConfig.safeParse({
    width: at(0),
    hidden: at(1),
    layers: at(2),
    heads: at(3),
    kvHeads: at(4),
    vocab: Math.abs(vocab),
    tied: vocab > 0,
    context: at(6),
  });
  if (!config.success) throw reasonedBy(config.error, "llamaHeader");
  return config.data;
}
