import { readSafetensors, SafetensorsError } from "@touchstone/engine";
import { reasonedBy, type TrainingError } from "../training-error.ts";
import type { Weights } from "./weights.ts";

/**
 * The tensors of a model's file.
 * @param options of `readSafetensors`
 * @throws TrainingError `bad_model_files` if it is no such file, or not whole
 */
export function readTensors(file: string, bytes: Uint8Array, options?: { readonly inPlace: boolean }): Weights {
  try {
    return readSafetensors(bytes, options);
  } catch (cause) {
    throw cause instanceof SafetensorsError ? refusedTensors(file, cause) : cause;
  }
}

function refusedTensors(file: string, cause: SafetensorsError): TrainingError {
  const { fault } = cause;
  if (fault.kind === "type") return reasonedBy(cause, "tensorType", { file, tensor: fault.tensor, type: fault.type });
  const detailed = { file, detail: cause.message };
  return fault.kind === "cutOff"
    ? reasonedBy(cause, "tensorsCutOff", detailed)
    : reasonedBy(cause, "tensorsDamaged", detailed);
}
