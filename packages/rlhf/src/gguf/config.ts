import { ModelConfig } from "@touchstone/contracts";
import type { Gguf } from "@touchstone/engine";
import { rotaryFrequencies } from "../model/rotary-frequencies.ts";
import { headSize } from "../model/sizes.ts";
import { reasoned, reasonedBy } from "../training-error.ts";
import type { Metadata } from "./metadata.ts";

/** What llama.cpp calls the families that we compute; Mistral and SmolLM2 are llama there. */
export const architectures = ["llama", "qwen2", "qwen3", "gpt2"] as const;
export type Architecture = (typeof architectures)[number];

/** Keys of an architecture that are read here, or that say nothing of how it computes. A further one might. */
const knownKeys = [
  ...["vocab_size", "context_length", "embedding_length", "block_count", "feed_forward_length", "tensor_data_layout"],
  ...["attention.head_count", "attention.head_count_kv", "attention.key_length", "attention.value_length"],
  ...["attention.layer_norm_epsilon", "attention.layer_norm_rms_epsilon", "attention.sliding_window"],
  ...["rope.dimension_count", "rope.freq_base", "rope.scaling.type", "rope.scaling.factor", "rope.scaling.finetuned"],
  ...["rope.scaling.original_context_length", "rope.scale_linear", "expert_count", "expert_used_count"],
];

/** The tensor in which llama.cpp keeps by how much Llama 3.1 slows each rotation, (s/2). */
export const rotationFactors = "rope_freqs.weight";

/** @throws TrainingError `bad_model_files` if it is none that we compute */
export function architectureOf(metadata: Metadata): Architecture {
  const type = metadata.text("general.architecture");
  const known = architectures.find((one) => one === type);
  if (known !== undefined) return known;
  throw reasoned("ggufArchitecture", { file: metadata.file, type, known: architectures.join(", ") });
}

/**
 * The shape of the model in a GGUF file.
 *
 * @param context tokens that it shall read at most
 * @throws TrainingError `bad_model_files` naming the key that does not fit
 */
export function readGgufConfig(gguf: Gguf, metadata: Metadata, context: number): ModelConfig {
  const architecture = architectureOf(metadata);
  const key = (name: string) => `${architecture}.${name}`;
  refuseOtherKeys(metadata, architecture);
  const heads = metadata.optionalOfLayers(key("attention.head_count")) ?? metadata.number(key("attention.head_count"));
  const width = metadata.number(key("embedding_length"));
  const size = metadata.optionalNumber(key("attention.key_length"));
  const [vocab = 0] = gguf.tensors.get("token_embd.weight")?.shape ?? [];
  const shape = {
    vocab,
    context: Math.min(context, metadata.number(key("context_length"))),
    layers: metadata.number(key("block_count")),
    heads,
    kvHeads: metadata.optionalOfLayers(key("attention.head_count_kv")) ?? heads,
    width,
    hidden: metadata.optionalOfLayers(key("feed_forward_length")) ?? metadata.number(key("feed_forward_length")),
    tied: !gguf.tensors.has("output.weight"),
    ...(size === undefined || size * heads === width ? {} : { headSize: size }),
  };
  refuseUnlikeHeads(metadata, key, size ?? width / heads, shape.context);
  const style =
    architecture === "gpt2"
      ? {
          ...{ norm: "layernorm", positions: "learned", feedForward: "gelu", biases: true },
          normEpsilon: metadata.number(key("attention.layer_norm_epsilon")),
        }
      : {
          normEpsilon: metadata.number(key("attention.layer_norm_rms_epsilon")),
          ropeTheta: metadata.optionalNumber(key("rope.freq_base")),
          ...biasesIn(gguf),
          ...(architecture === "qwen3" ? { headNorms: true } : {}),
        };
  const parsed = ModelConfig.safeParse({ ...shape, ...style });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const detail = issue?.message ?? "";
    throw reasonedBy(parsed.error, "ggufKey", {
      file: metadata.file,
      key: issue?.path.join(".") || architecture,
      detail,
    });
  }
  return { ...parsed.data, ...scalingIn(gguf, metadata, key, parsed.data) };
}

function refuseOtherKeys({ file, keys }: Metadata, architecture: Architecture): void {
  const known = new Set(knownKeys.map((name) => `${architecture}.${name}`));
  const other = keys.find((key) => key.startsWith(`${architecture}.`) && !known.has(key));
  if (other === undefined) return;
  const detail = "nothing is known here of what it changes, and a model is not loaded by guessing";
  throw reasoned("ggufKey", { file, key: other, detail });
}

function refuseUnlikeHeads(metadata: Metadata, key: (name: string) => string, size: number, context: number): void {
  const { file } = metadata;
  const refuse = (name: string, detail: string) => reasoned("ggufKey", { file, key: key(name), detail });
  for (const name of ["attention.value_length", "rope.dimension_count"]) {
    const value = metadata.optionalNumber(key(name)) ?? size;
    if (value !== size) throw refuse(name, `it is ${value}, and all ${size} values of a head are needed`);
  }
  const experts = metadata.optionalNumber(key("expert_count")) ?? 0;
  if (experts > 0) throw refuse("expert_count", "mixtures of experts are not computed here");
  const window = metadata.optionalNumber(key("attention.sliding_window")) ?? 0;
  if (window > 0 && window < context) throw reasoned("configWindow", { file, window, context });
}

/** Biases are where their tensors are; that each layer has them is seen when the tensors are read. */
function biasesIn({ tensors }: Gguf): Partial<ModelConfig> {
  if (tensors.has("blk.0.ffn_up.bias")) return { biases: true };
  if (tensors.has("blk.0.attn_output.bias")) return { attentionBiases: "all" };
  return tensors.has("blk.0.attn_q.bias") ? { attentionBiases: "qkv" } : {};
}

function scalingIn(
  gguf: Gguf,
  metadata: Metadata,
  key: (name: string) => string,
  config: ModelConfig,
): Pick<ModelConfig, "ropeScaling"> {
  const type = metadata.optionalText(key("rope.scaling.type")) ?? "none";
  const factor =
    metadata.optionalNumber(key("rope.scaling.factor")) ?? metadata.optionalNumber(key("rope.scale_linear"));
  const { file } = metadata;
  if (type !== "none" && type !== "linear") throw reasoned("configRotations", { file, type });
  if (gguf.tensors.has(rotationFactors)) return { ropeScaling: llama3Scaling(gguf, file, config) };
  if (factor === undefined || factor === 1) return {};
  if (factor > 1 && factor <= 1_024) return { ropeScaling: { type: "linear", factor } };
  throw reasoned("ggufKey", { file, key: key("rope.scaling.factor"), detail: `it is ${factor}` });
}

/**
 * The published numbers of Llama 3.1 and 3.2, of which a GGUF file has but their outcome.
 * @throws TrainingError `bad_model_files` where they give other factors than the file's
 */
function llama3Scaling(gguf: Gguf, file: string, config: ModelConfig): NonNullable<ModelConfig["ropeScaling"]> {
  const { values: factors } = gguf.read(rotationFactors);
  const scaling = {
    ...{ type: "llama3" as const, factor: factors.reduce((most, one) => Math.max(most, one), 1) },
    ...{ lowFrequencyFactor: 1, highFrequencyFactor: 4, originalContext: 8_192 },
  };
  const plain = rotaryFrequencies(config);
  const slowed = rotaryFrequencies({ ...config, ropeScaling: scaling });
  const isSame = plain.every((frequency, at) => {
    const factor = frequency / (slowed[at] ?? Number.NaN);
    return Math.abs((factors[at] ?? Number.NaN) - factor) <= 1e-4 * factor;
  });
  if (isSame && factors.length === headSize(config) / 2 && scaling.factor <= 1_024) return scaling;
  throw reasoned("configRotations", { file, type: rotationFactors });
}
