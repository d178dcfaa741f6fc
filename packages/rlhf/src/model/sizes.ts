import type { ModelConfig } from "@touchstone/contracts";

/** The linear layers of a block. */
export type Layer = "q_proj" | "k_proj" | "v_proj" | "o_proj" | "gate_proj" | "up_proj" | "down_proj";

/** Values a head, s. */
export function headSize({ width, heads, headSize: size = width / heads }: ModelConfig): number {
  return size;
}

/** Whether the linear layers of that name have biases. */
export function hasBias({ biases = false, attentionBiases }: ModelConfig, layer: Layer): boolean {
  if (biases) return true;
  if (layer === "o_proj") return attentionBiases === "all";
  return attentionBiases !== undefined && ["q_proj", "k_proj", "v_proj"].includes(layer);
}
