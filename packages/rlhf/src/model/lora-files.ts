import type { Lora } from "@touchstone/contracts";
import { type SafeTensor, writeSafetensors } from "@touchstone/engine";
import type { Files } from "../training/request.ts";
import { linearLayer } from "./weight-shapes.ts";
import type { Weights } from "./weights.ts";

/** The scalar head of a reward model, which PEFT keeps beside the adapters. */
const scalarHead = "score";

/**
 * Adapters as PEFT stores them, in a folder of their own: beside the merged model, its loader would take them for the model.
 * `PeftModel.from_pretrained(base, "adapter")` makes the merged model out of the one that training started from.
 *
 * @param adapters A and B by name, and the heads that were trained with them
 */
export function adapterFiles(adapters: Weights, lora: Lora): Files {
  const layers = [...adapters.keys()].flatMap(
    (name) => linearLayer(name.replace(/\.lora_[AB]\.weight$/, ".weight")) ?? [],
  );
  const isReward = adapters.has(`${scalarHead}.weight`);
  const config = {
    peft_type: "LORA",
    task_type: isReward ? "SEQ_CLS" : "CAUSAL_LM",
    base_model_name_or_path: null,
    inference_mode: true,
    r: lora.rank,
    lora_alpha: lora.alpha,
    lora_dropout: 0,
    bias: "none",
    fan_in_fan_out: false,
    target_modules: [...new Set(layers)],
    modules_to_save: isReward ? [scalarHead] : null,
  };
  const kept = [...adapters].filter(([name]) => /\.lora_[AB]\.weight$/.test(name) || name === `${scalarHead}.weight`);
  const tensors = new Map(kept.map(([name, tensor]): [string, SafeTensor] => [`base_model.model.${name}`, tensor]));
  return new Map([
    ["adapter/adapter_config.json", new TextEncoder().encode(`${JSON.stringify(config, null, 2)}\n`)],
    ["adapter/adapter_model.safetensors", writeSafetensors(tensors)],
  ]);
}
