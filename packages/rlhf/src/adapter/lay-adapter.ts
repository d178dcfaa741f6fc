import type { Model } from "../model/model-files.ts";
import { listed } from "../model/other-tensors.ts";
import type { Weights } from "../model/weights.ts";
import { reasoned } from "../training-error.ts";
import { type AdaptedModule, adaptedModules } from "./adapted-modules.ts";
import type { AdapterSettings } from "./adapter-config.ts";

export const adapterWeightsFile = "adapter_model.safetensors";

const outputCopy = "base_model.model.lm_head.base_layer.weight";

/**
 * Lays a low-rank adapter on its base: each adapted W (out, in) becomes W + s·B·A, with A (r, in), B (out, r) and
 * s = α/r (Hu et al. 2021, §4.1) or α/√r. The sums of a product are taken in double precision, and W is rounded to float32 once.
 *
 * @param base its weights are changed in place: half a billion of them are not to be held twice
 * @param tensors of the adapter's file, under PEFT's names
 * @returns how many matrices were adapted
 * @throws TrainingError `bad_model_files` before anything is changed, where the adapter is not of this base
 */
export function layAdapter(base: Model, settings: AdapterSettings, tensors: Weights): number {
  if (base.head.kind !== "lm") throw reasoned("adapterHead", { head: base.head.kind });
  const modules = adaptedModules(base.config, settings);
  refuseOthers(withoutCopies(tensors, base.weights), modules);
  const parts = modules.map((module) => ({ module, ...checkedPair(tensors, module, settings) }));
  for (const { module, a, b } of parts) {
    const rank = settings.rankOf(module.module);
    let row = 0;
    for (const { name, rows } of module.matrices) {
      const weight = base.weights.get(name);
      if (!weight) throw new RangeError(`the base has no ${name}`);
      const ofRows = b.subarray(row * rank, (row + rows) * rank);
      addProduct(weight.values, ofRows, a, { rank, inputs: module.inputs, scale: settings.scaleOf(module.module) });
      if (!weight.values.every(Number.isFinite))
        throw reasoned("tensorNotFinite", { file: adapterWeightsFile, tensor: name });
      row += rows;
    }
  }
  return modules.reduce((sum, { matrices }) => sum + matrices.length, 0);
}

/** w += scale·B·A: (rows, inputs) += (rows, rank)·(rank, inputs) */
function addProduct(
  w: Float32Array,
  b: Float32Array,
  a: Float32Array,
  { rank, inputs, scale }: { readonly rank: number; readonly inputs: number; readonly scale: number },
): void {
  const change = new Float64Array(inputs);
  for (let row = 0; row * inputs < w.length; row++) {
    change.fill(0);
    for (let k = 0; k < rank; k++) {
      const factor = (b[row * rank + k] ?? 0) * scale;
      const from = k * inputs;
      for (let c = 0; c < inputs; c++) change[c] = (change[c] ?? 0) + factor * (a[from + c] ?? 0);
    }
    const to = row * inputs;
    for (let c = 0; c < inputs; c++) w[to + c] = (w[to + c] ?? 0) + (change[c] ?? 0);
  }
}

function tensorName(module: string, part: "A" | "B"): string {
  return `base_model.model.${module}.lora_${part}.weight`;
}

/**
 * Beside the adapter of an output PEFT saves the output itself, for the case that it was made larger: the base's own one says
 * nothing new, and another one stays here to be refused.
 */
function withoutCopies(tensors: Weights, base: Weights): Weights {
  const copy = tensors.get(outputCopy)?.values;
  const own = base.get("lm_head.weight")?.values;
  if (!copy || copy.length !== own?.length || copy.some((value, at) => value !== own[at])) return tensors;
  return new Map([...tensors].filter(([name]) => name !== outputCopy));
}

/** @throws TrainingError for tensors that are missing, and for what else is in the file */
function refuseOthers(tensors: Weights, modules: readonly AdaptedModule[]): void {
  const expected = new Set(modules.flatMap(({ module }) => [tensorName(module, "A"), tensorName(module, "B")]));
  const further = [...tensors.keys()].filter((name) => !expected.has(name));
  if (further.length > 0) throw reasoned("adapterFurther", { file: adapterWeightsFile, tensors: listed(further) });
  const missing = [...expected].filter((name) => !tensors.has(name));
  if (missing.length > 0) throw reasoned("adapterLacks", { file: adapterWeightsFile, tensors: listed(missing) });
}

/** A and B of a module, of the right shapes and all numbers. */
function checkedPair(tensors: Weights, { module, inputs, outputs }: AdaptedModule, { rankOf }: AdapterSettings) {
  const rank = rankOf(module);
  const of = (part: "A" | "B", shape: readonly [number, number]) => {
    const tensor = tensorName(module, part);
    const found = tensors.get(tensor);
    if (found?.shape.join() !== shape.join()) {
      const shapes = { shape: shape.join(), found: found?.shape.join() ?? "" };
      throw reasoned("adapterShape", { file: adapterWeightsFile, tensor, ...shapes });
    }
    if (!found.values.every(Number.isFinite)) throw reasoned("tensorNotFinite", { file: adapterWeightsFile, tensor });
    return found.values;
  };
  return { a: of("A", [rank, inputs]), b: of("B", [outputs, rank]) };
}
