import type { Lora, ModelConfig } from "@touchstone/contracts";
import { type SafeTensor, writeSafetensors } from "@touchstone/engine";
import { fileStyle } from "./config-json.ts";
import type { Files } from "./files.ts";
import { gpt2Pieces } from "./hugging-face-names.ts";
import { adapterName } from "./lora.ts";
import { linearLayer } from "./weight-shapes.ts";
import type { Weights } from "./weights.ts";

/** The scalar head of a reward model, which PEFT keeps beside the adapters. */
const scalarHead = "score";

/** A linear layer as its file names it, with A (r, in) and B (out, r). */
interface FileAdapter {
  readonly module: string;
  /** The end of the module's name that all layers have in common. */
  readonly target: string;
  readonly a: SafeTensor;
  readonly b: SafeTensor;
}

/**
 * Adapters as PEFT stores them, in a folder of their own: beside the merged model, its loader would take them for the model.
 * `PeftModel.from_pretrained(base, "adapter")` makes the merged model out of the one that training started from.
 *
 * @param learned A and B by name, and the heads that were trained with them
 */
export function adapterFiles(learned: Weights, lora: Lora, config: ModelConfig): Files {
  const isGpt2 = fileStyle(config) === "gpt2";
  const adapters = isGpt2 ? gpt2Adapters(learned, config) : llamaAdapters(learned);
  const score = learned.get(`${scalarHead}.weight`);
  // A fused layer of n matrices has n times the rank, and n times α, so that α/r is the same everywhere.
  const fused = adapters.filter(({ a }) => a.shape[0] !== lora.rank);
  const pattern = (of: (times: number) => number) =>
    Object.fromEntries(fused.map(({ target, a }) => [target, of((a.shape[0] ?? 0) / lora.rank)]));
  const settings = {
    peft_type: "LORA",
    task_type: score ? "SEQ_CLS" : "CAUSAL_LM",
    base_model_name_or_path: null,
    inference_mode: true,
    r: lora.rank,
    lora_alpha: lora.alpha,
    rank_pattern: pattern((times) => times * lora.rank),
    alpha_pattern: pattern((times) => times * lora.alpha),
    lora_dropout: 0,
    bias: "none",
    fan_in_fan_out: isGpt2,
    target_modules: [...new Set(adapters.map(({ target }) => target))],
    modules_to_save: score ? [scalarHead] : null,
  };
  const tensors = new Map<string, SafeTensor>();
  for (const { module, a, b } of adapters) {
    tensors.set(`base_model.model.${module}.lora_A.weight`, a).set(`base_model.model.${module}.lora_B.weight`, b);
  }
  if (score) tensors.set(`base_model.model.${scalarHead}.weight`, score);
  return new Map([
    ["adapter/adapter_config.json", new TextEncoder().encode(`${JSON.stringify(settings, null, 2)}\n`)],
    ["adapter/adapter_model.safetensors", writeSafetensors(tensors)],
  ]);
}

function llamaAdapters(learned: Weights): FileAdapter[] {
  return [...learned].flatMap(([name, a]) => {
    const matrix = name.replace(/\.lora_A\.weight$/, ".weight");
    const target = linearLayer(matrix);
    const b = learned.get(adapterName(matrix, "B"));
    return matrix === name || target === undefined || !b ? [] : [{ module: moduleOf(matrix), target, a, b }];
  });
}

/** GPT-2's file fuses q, k and v: their A lie below each other, their B on the diagonal of one matrix. */
function gpt2Adapters(learned: Weights, config: ModelConfig): FileAdapter[] {
  return gpt2Pieces(config).flatMap(({ file, ours }) => {
    const parts = ours.flatMap((matrix, place) => {
      const [a, b] = [learned.get(adapterName(matrix, "A")), learned.get(adapterName(matrix, "B"))];
      return matrix.endsWith(".weight") && a && b ? [{ place, a, b }] : [];
    });
    const [first] = parts;
    if (!first) return [];
    const [rank = 0, inputs = 0] = first.a.shape;
    const [outputs = 0] = first.b.shape; // equal for q, k and v: GPT-2 groups no queries
    const ranks = rank * parts.length;
    const b = new Float32Array(outputs * ours.length * ranks);
    for (const [index, part] of parts.entries()) {
      for (let row = 0; row < outputs; row++) {
        const values = part.b.values.subarray(row * rank, (row + 1) * rank);
        b.set(values, (part.place * outputs + row) * ranks + index * rank);
      }
    }
    const a = Float32Array.from(parts.flatMap((part) => [...part.a.values]));
    const module = moduleOf(file);
    return [
      {
        module,
        target: module.split(".").slice(-2).join("."),
        a: { shape: [ranks, inputs], values: a },
        b: { shape: [outputs * ours.length, ranks], values: b },
      },
    ];
  });
}

function moduleOf(matrix: string): string {
  return matrix.replace(/\.weight$/, "");
}
