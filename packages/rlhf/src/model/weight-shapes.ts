import type { ModelConfig } from "@touchstone/contracts";
import type { Aspect, Ensemble, Head, LexicalTerm, SurfaceTerm } from "./head.ts";
import { hasBias, headSize, type Layer } from "./sizes.ts";

export type Initial = "normal" | "residual" | "ones" | "zeros" | "score";

export interface WeightShape {
  readonly name: string;
  readonly shape: readonly number[];
  readonly initial: Initial;
}

/** What of a head decides which tensors it has. */
export interface HeadShape {
  readonly kind: Head["kind"];
  readonly lexical?: LexicalTerm | undefined;
  readonly surface?: SurfaceTerm | undefined;
  readonly aspects?: readonly Pick<Aspect, "name">[] | undefined;
  readonly ensemble?: Pick<Ensemble, "members" | "body"> | undefined;
}

/** Before the names of an ensemble's further members; the first has the plain ones, so that it loads as a model by itself. */
export function memberPrefix(member: number): string {
  return `member.${member}.`;
}

/** The tensor's name in a model with one member. */
export function plainName(name: string): string {
  return name.replace(/^member\.\d+\./, "");
}

/** The table of learned positions. */
export const learnedPositions = "model.embed_positions.weight";
export const lexicalWords = "lexical.words.weight";
export const lexicalLength = "lexical.length.weight";
export const surfaceWeights = "surface.weight";

/** Whether a tensor belongs to the language model itself, as opposed to what is put on top of it. */
export function isBody(name: string): boolean {
  return name.startsWith("model.") || name === "lm_head.weight";
}

/** The name by which LoRA calls a linear layer of the decoder's blocks, such as q_proj; nothing for any other tensor. */
export function linearLayer(name: string): string | undefined {
  return /^model\.layers\.\d+\.(?:self_attn|mlp)\.(\w+_proj)\.weight$/.exec(name)?.[1];
}

/**
 * Every tensor of a model, in file order, under Hugging Face's names for Llama whatever the style; `hugging-face-names.ts`
 * translates where a file spells them otherwise. Linear layers are (out, in).
 */
export function weightShapes(config: ModelConfig, head: HeadShape): WeightShape[] {
  const { kind, lexical, surface, aspects, ensemble } = head;
  const { vocab, width, hidden, layers, heads, kvHeads, norm, biases = false } = config;
  const size = headSize(config);
  const [queryWidth, keyWidth] = [size * heads, size * kvHeads];
  const shapes: WeightShape[] = [{ name: "model.embed_tokens.weight", shape: [vocab, width], initial: "normal" }];
  const linear = (at: string, layer: Layer, outputs: number, inputs: number, initial: Initial) => {
    shapes.push({ name: `${at}.${layer}.weight`, shape: [outputs, inputs], initial });
    if (hasBias(config, layer)) shapes.push({ name: `${at}.${layer}.bias`, shape: [outputs], initial: "zeros" });
  };
  const normalisation = (name: string) => {
    shapes.push({ name: `${name}.weight`, shape: [width], initial: "ones" });
    if (biases && norm === "layernorm") shapes.push({ name: `${name}.bias`, shape: [width], initial: "zeros" });
  };
  if (config.positions === "learned") {
    shapes.push({ name: learnedPositions, shape: [config.context, width], initial: "normal" });
  }
  for (let layer = 0; layer < layers; layer++) {
    const at = `model.layers.${layer}`;
    normalisation(`${at}.input_layernorm`);
    linear(`${at}.self_attn`, "q_proj", queryWidth, width, "normal");
    linear(`${at}.self_attn`, "k_proj", keyWidth, width, "normal");
    linear(`${at}.self_attn`, "v_proj", keyWidth, width, "normal");
    linear(`${at}.self_attn`, "o_proj", width, queryWidth, "residual");
    if (config.headNorms) {
      shapes.push({ name: `${at}.self_attn.q_norm.weight`, shape: [size], initial: "ones" });
      shapes.push({ name: `${at}.self_attn.k_norm.weight`, shape: [size], initial: "ones" });
    }
    normalisation(`${at}.post_attention_layernorm`);
    if (config.feedForward !== "gelu") linear(`${at}.mlp`, "gate_proj", hidden, width, "normal");
    linear(`${at}.mlp`, "up_proj", hidden, width, "normal");
    linear(`${at}.mlp`, "down_proj", width, hidden, "residual");
  }
  normalisation("model.norm");
  if (!config.tied) shapes.push({ name: "lm_head.weight", shape: [vocab, width], initial: "normal" });
  const body = shapes.length;
  const outputs = aspects?.length ?? 1;
  if (kind === "reward") shapes.push({ name: "score.weight", shape: [outputs, width], initial: "score" });
  if (lexical) {
    shapes.push({ name: lexicalWords, shape: [lexical.buckets, outputs], initial: "zeros" });
    shapes.push({ name: lexicalLength, shape: [outputs], initial: "zeros" });
  }
  if (surface) shapes.push({ name: surfaceWeights, shape: [surface.features.length, outputs], initial: "zeros" });
  const own = ensemble?.body === "own" ? shapes.slice() : shapes.slice(body);
  for (let member = 1; member < (ensemble?.members ?? 1); member++) {
    shapes.push(...own.map((shape) => ({ ...shape, name: memberPrefix(member) + shape.name })));
  }
  if (kind === "ilql") shapes.push(...ilqlShapes(config));
  return shapes;
}

/** Online heads, in the order (Q₁, Q₂, V), and the Q heads' Polyak averages. */
export const onlineQ = ["ilql.q1", "ilql.q2"] as const;
export const targetQ = ["ilql.target_q1", "ilql.target_q2"] as const;
export const valueHead = "ilql.v";

/** Two-layer perceptrons of twice the width, as in trlx: a linear Q on tied features has no room to differ from V. */
function ilqlShapes({ vocab, width }: ModelConfig): WeightShape[] {
  return [...onlineQ, valueHead, ...targetQ].flatMap((head): WeightShape[] => {
    const out = head === valueHead ? 1 : vocab;
    return [
      { name: `${head}.up.weight`, shape: [2 * width, width], initial: "normal" },
      { name: `${head}.up.bias`, shape: [2 * width], initial: "zeros" },
      // Zero advantages at first, so that decoding starts from the language model and not from random preferences.
      { name: `${head}.out.weight`, shape: [out, 2 * width], initial: "zeros" },
      { name: `${head}.out.bias`, shape: [out], initial: "zeros" },
    ];
  });
}
