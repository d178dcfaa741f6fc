import { ModelConfig } from "@touchstone/contracts";
import { z } from "zod";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import type { ConfigRule } from "./config-rules.ts";
import { Head, type RewardHead } from "./head.ts";
import { rotations, scalingKeys, scalingOf, thetaOf, unknownRotations } from "./rotations-json.ts";
import { hasBias, headSize } from "./sizes.ts";

/** Our own key in config.json. Models of others have none, and are language models. */
const Touchstone = z.strictObject({ format: z.literal(1), head: Head });

const sizes = {
  vocab_size: z.number(),
  // Writers leave keys out whose value is their library's default; where we read those, it stands here.
  tie_word_embeddings: z.boolean().default(false),
};

const Architectures = z.array(z.string()).nullish();

/** Without our key nothing says what a head on top of the decoder does. */
function isLanguageModel(file: { architectures?: string[] | null | undefined; touchstone?: unknown }): boolean {
  const [architecture = ""] = file.architectures ?? [];
  return file.touchstone !== undefined || !/For(Sequence|Token)Classification|ForQuestionAnswering/.test(architecture);
}
const foreignHead = { error: "it has a head of its own", params: { code: "configForeignHead" } };

/** @param values what the sentence of that rule names */
function refuse(context: z.RefinementCtx, code: ConfigRule, values: object = {}): void {
  context.addIssue({ code: "custom", params: { code, values } });
}

/** Parts whose values were made smaller by a program of their own. */
const Unquantised = z
  .null({ error: "its weights are quantised, and only plain ones or a GGUF file are read" })
  .optional();

/** The keys of Hugging Face's configs of Llama, Mistral and Qwen that we read. */
const LlamaJson = z
  .object({
    model_type: z.enum(["llama", "mistral", "qwen2", "qwen3"]),
    // Two names of one function.
    hidden_act: z.enum(["silu", "swish"]).default("silu"),
    architectures: Architectures,
    quantization_config: Unquantised,
    attention_bias: z.boolean().default(false),
    mlp_bias: z.boolean().default(false),
    ...sizes,
    max_position_embeddings: z.number(),
    num_hidden_layers: z.number(),
    num_attention_heads: z.number(),
    num_key_value_heads: z.number().nullish(),
    head_dim: z.number().nullish(),
    hidden_size: z.number(),
    intermediate_size: z.number(),
    rms_norm_eps: z.number().default(1e-6),
    ...rotations,
    // How many tokens back attention sees, in Mistral's always and in Qwen's where it says so.
    sliding_window: z.number().nullish(),
    use_sliding_window: z.boolean().default(false),
    touchstone: Touchstone.optional(),
  })
  .superRefine((file, context) => {
    if (file.mlp_bias && !file.attention_bias) refuse(context, "configBiasesDiffer");
    const window = windowOf(file);
    if (window !== undefined && window < file.max_position_embeddings) {
      refuse(context, "configWindow", { window, context: file.max_position_embeddings });
    }
    const type = unknownRotations(file);
    if (type !== undefined) refuse(context, "configRotations", { type });
    if (!isLanguageModel(file)) refuse(context, "configForeignHead");
  });
type LlamaJson = z.infer<typeof LlamaJson>;

/** Tokens back that attention sees, where that is limited. */
function windowOf(file: {
  model_type: string;
  sliding_window?: number | null | undefined;
  use_sliding_window: boolean;
}): number | undefined {
  const limited = file.model_type === "mistral" || file.use_sliding_window;
  // What Mistral's config means by leaving it out.
  const { sliding_window: window = 4_096 } = file;
  return limited ? (window ?? undefined) : undefined;
}

/** The keys of Hugging Face's GPT2Config that we read. */
const Gpt2Json = z
  .object({
    model_type: z.literal("gpt2"),
    architectures: Architectures,
    // Both names are of the tanh approximation.
    activation_function: z.enum(["gelu_new", "gelu_pytorch_tanh"]).default("gelu_new"),
    add_cross_attention: z.literal(false).default(false),
    scale_attn_weights: z.literal(true).default(true),
    scale_attn_by_inverse_layer_idx: z.literal(false).default(false),
    ...sizes,
    tie_word_embeddings: z.boolean().default(true),
    n_positions: z.number(),
    n_layer: z.number(),
    n_head: z.number(),
    n_embd: z.number(),
    n_inner: z.number().nullish(),
    layer_norm_epsilon: z.number().default(1e-5),
    quantization_config: Unquantised,
    /** Hugging Face's GPT-2 always has biases: where ours has none, the file holds zeros. */
    touchstone: Touchstone.extend({ biases: z.literal(false).optional() }).optional(),
  })
  .refine(isLanguageModel, foreignHead);

/** A mixture that no model of Hugging Face's is. */
const OwnJson = z.object({
  model_type: z.literal("touchstone"),
  touchstone: Touchstone.extend({ config: ModelConfig }),
});

const ConfigJson = z.discriminatedUnion("model_type", [LlamaJson, Gpt2Json, OwnJson]);

/** How `transformers` calls the families whose tensors have Llama's names. */
const families = { llama: "Llama", qwen2: "Qwen2", qwen3: "Qwen3" } as const;

/** Whose names and layout a model's files have: those of a family of Hugging Face's, or, for mixtures, our own. */
export function fileStyle(config: ModelConfig) {
  const { norm, positions, feedForward, heads, kvHeads, biases = false, attentionBiases, headNorms = false } = config;
  if (norm === "rmsnorm" && positions !== "learned" && feedForward !== "gelu") return llamaStyle(config);
  const gpt2 = norm === "layernorm" && positions === "learned" && feedForward === "gelu" && heads === kvHeads;
  // Theirs has biases in all layers or none, and heads that share the width.
  const plain = (biases || attentionBiases === undefined) && !headNorms;
  return gpt2 && plain && headSize(config) * heads === config.width ? "gpt2" : "touchstone";
}

function llamaStyle({ biases = false, attentionBiases, headNorms = false }: ModelConfig) {
  const ofQueries = !biases && attentionBiases === "qkv";
  if (headNorms) return biases || ofQueries ? "touchstone" : "qwen3";
  return ofQueries ? "qwen2" : "llama";
}

/** config.json of a model: `transformers` loads Llama's and GPT-2's style, we read our head back from it. */
export function writeConfig(
  config: ModelConfig,
  head: Head,
  { special, ends, fixedDate }: Pick<Tokenizer, "special" | "ends" | "fixedDate">,
): Uint8Array {
  const json = {
    ...styleKeys(config, head),
    ...(head.kind === "reward" ? { num_labels: head.aspects?.length ?? 1 } : {}),
    bos_token_id: special.bos,
    eos_token_id: ends.length > 1 ? ends : special.eos,
    ...(special.pad === undefined ? {} : { pad_token_id: special.pad }),
    torch_dtype: "float32",
    // The day that its prompts name, whatever the clock says; see `templateDate`.
    ...(fixedDate === undefined ? {} : { touchstone_template_date: fixedDate }),
    touchstone: { format: 1, head, ...ownKeys(config) },
  };
  return new TextEncoder().encode(`${JSON.stringify(json, null, 2)}\n`);
}

function styleKeys(config: ModelConfig, head: Head): object {
  const architecture = (family: string, language: string) => {
    if (head.kind !== "reward") return { architectures: [`${family}${language}`] };
    const difference = differenceFromClassifier(head);
    if (difference === undefined) return { architectures: [`${family}ForSequenceClassification`] };
    return { architectures: ["TouchstoneRewardModel"], touchstone_note: difference };
  };
  const style = fileStyle(config);
  switch (style) {
    case "llama":
    case "qwen2":
    case "qwen3":
      return {
        ...architecture(families[style], "ForCausalLM"),
        model_type: style,
        hidden_act: "silu",
        attention_bias: hasBias(config, "o_proj"),
        mlp_bias: config.biases ?? false,
        vocab_size: config.vocab,
        max_position_embeddings: config.context,
        num_hidden_layers: config.layers,
        num_attention_heads: config.heads,
        num_key_value_heads: config.kvHeads,
        hidden_size: config.width,
        intermediate_size: config.hidden,
        rms_norm_eps: config.normEpsilon,
        ...(config.headSize === undefined ? {} : { head_dim: config.headSize }),
        rope_theta: config.ropeTheta,
        ...scalingKeys(config),
        tie_word_embeddings: config.tied,
      };
    case "gpt2":
      return {
        ...architecture("GPT2", "LMHeadModel"),
        model_type: "gpt2",
        activation_function: "gelu_new",
        vocab_size: config.vocab,
        n_positions: config.context,
        n_layer: config.layers,
        n_head: config.heads,
        n_embd: config.width,
        n_inner: config.hidden,
        layer_norm_epsilon: config.normEpsilon,
        // Theirs drops a tenth out by default, ours nothing.
        ...{ attn_pdrop: 0, embd_pdrop: 0, resid_pdrop: 0 },
        tie_word_embeddings: config.tied,
      };
    case "touchstone":
      return { ...architecture("Touchstone", "ForCausalLM"), model_type: "touchstone" };
  }
}

/**
 * Why `transformers`' classifier over the same decoder would give other scores than ours; nothing where it gives the same
 * ones. A model is called by that class only then.
 */
function differenceFromClassifier(head: RewardHead): string | undefined {
  const { likelihood, lexical, surface, aspects, ensemble, scale, offset } = head;
  const parts = [
    likelihood && likelihood.weight !== 0 ? "the answer's likelihood" : undefined,
    lexical && "the answer's words and length",
    surface && "features of its writing",
    aspects && "a weighted sum over aspects",
    ensemble && "several members",
    scale !== 1 || offset !== 0 ? `a scale (offset ${offset}, factor ${scale})` : undefined,
  ].filter((part) => part !== undefined);
  if (parts.length === 0) return undefined;
  return `Its scores are made of more than the classification head: ${parts.join(", ")}. A ForSequenceClassification of transformers reads the decoder and the head alone and gives other scores; use \`rlhf score\`.`;
}

/** What Hugging Face's keys can't say. */
function ownKeys(config: ModelConfig): object {
  const style = fileStyle(config);
  if (style === "touchstone") return { config };
  return style === "gpt2" && !config.biases ? { biases: false } : {};
}

/** @throws SyntaxError or ZodError if the file is not such a config */
export function readConfig(bytes: Uint8Array): { config: ModelConfig; head: Head } {
  const json: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  const file = ConfigJson.parse(json);
  return { config: configOf(file), head: file.touchstone?.head ?? { kind: "lm" } };
}

function configOf(file: z.infer<typeof ConfigJson>): ModelConfig {
  switch (file.model_type) {
    case "llama":
    case "mistral":
    case "qwen2":
    case "qwen3":
      return ModelConfig.parse({
        vocab: file.vocab_size,
        context: file.max_position_embeddings,
        layers: file.num_hidden_layers,
        heads: file.num_attention_heads,
        kvHeads: file.num_key_value_heads ?? file.num_attention_heads,
        width: file.hidden_size,
        hidden: file.intermediate_size,
        normEpsilon: file.rms_norm_eps,
        ropeTheta: thetaOf(file),
        tied: file.tie_word_embeddings,
        ...biasesOf(file),
        ...headsOf(file),
        ...(file.model_type === "qwen3" ? { headNorms: true } : {}),
        ...scalingOf(file),
      });
    case "gpt2":
      return ModelConfig.parse({
        vocab: file.vocab_size,
        context: file.n_positions,
        layers: file.n_layer,
        heads: file.n_head,
        kvHeads: file.n_head,
        width: file.n_embd,
        hidden: file.n_inner ?? 4 * file.n_embd,
        norm: "layernorm",
        normEpsilon: file.layer_norm_epsilon,
        tied: file.tie_word_embeddings,
        positions: "learned",
        feedForward: "gelu",
        ...(file.touchstone && "biases" in file.touchstone ? {} : { biases: true }),
      });
    case "touchstone":
      return file.touchstone.config;
  }
}

/** Qwen2's queries, keys and values have biases, whatever else its config says. */
function biasesOf({ model_type, attention_bias, mlp_bias }: LlamaJson): Partial<ModelConfig> {
  if (model_type === "qwen2") return { attentionBiases: "qkv" };
  if (mlp_bias) return { biases: true };
  return attention_bias ? { attentionBiases: "all" } : {};
}

/** Qwen3's heads have 128 values unless it says otherwise; others' share the width. */
function headsOf({ model_type, head_dim, hidden_size, num_attention_heads }: LlamaJson): Partial<ModelConfig> {
  const size = head_dim ?? (model_type === "qwen3" ? 128 : undefined);
  return size === undefined || size * num_attention_heads === hidden_size ? {} : { headSize: size };
}
