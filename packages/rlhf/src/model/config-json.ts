import { ModelConfig } from "@touchstone/contracts";
import { z } from "zod";
import type { SpecialIds } from "../tokenizer/tokenizer.ts";
import { Head } from "./head.ts";

/** The keys of Hugging Face's LlamaConfig that we read, and our own under `touchstone`. */
const ConfigJson = z.object({
  model_type: z.literal("llama"),
  hidden_act: z.literal("silu"),
  attention_bias: z.literal(false),
  mlp_bias: z.literal(false),
  vocab_size: z.number(),
  max_position_embeddings: z.number(),
  num_hidden_layers: z.number(),
  num_attention_heads: z.number(),
  num_key_value_heads: z.number(),
  hidden_size: z.number(),
  intermediate_size: z.number(),
  rms_norm_eps: z.number(),
  rope_theta: z.number(),
  tie_word_embeddings: z.boolean(),
  touchstone: z.strictObject({ format: z.literal(1), head: Head }),
});

/** config.json of a model: Hugging Face's Llama loads it, we read our head back from it. */
export function writeConfig(config: ModelConfig, head: Head, special: SpecialIds): Uint8Array {
  const json = {
    architectures: [head.kind === "reward" ? "LlamaForSequenceClassification" : "LlamaForCausalLM"],
    model_type: "llama",
    hidden_act: "silu",
    attention_bias: false,
    mlp_bias: false,
    vocab_size: config.vocab,
    max_position_embeddings: config.context,
    num_hidden_layers: config.layers,
    num_attention_heads: config.heads,
    num_key_value_heads: config.kvHeads,
    hidden_size: config.width,
    intermediate_size: config.hidden,
    rms_norm_eps: config.normEpsilon,
    rope_theta: config.ropeTheta,
    tie_word_embeddings: config.tied,
    ...(head.kind === "reward" ? { num_labels: 1 } : {}),
    bos_token_id: special.bos,
    eos_token_id: special.eos,
    ...(special.pad === undefined ? {} : { pad_token_id: special.pad }),
    torch_dtype: "float32",
    touchstone: { format: 1, head },
  };
  return new TextEncoder().encode(`${JSON.stringify(json, null, 2)}\n`);
}

/** @throws SyntaxError or ZodError if the file is not such a config */
export function readConfig(bytes: Uint8Array): { config: ModelConfig; head: Head } {
  const json: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  const file = ConfigJson.parse(json);
  const config = ModelConfig.parse({
    vocab: file.vocab_size,
    context: file.max_position_embeddings,
    layers: file.num_hidden_layers,
    heads: file.num_attention_heads,
    kvHeads: file.num_key_value_heads,
    width: file.hidden_size,
    hidden: file.intermediate_size,
    normEpsilon: file.rms_norm_eps,
    ropeTheta: file.rope_theta,
    tied: file.tie_word_embeddings,
  });
  return { config, head: file.touchstone.head };
}
