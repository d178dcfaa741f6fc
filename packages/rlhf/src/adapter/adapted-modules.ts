import type { ModelConfig } from "@touchstone/contracts";
import { fileStyle } from "../model/config-json.ts";
import { gpt2Pieces } from "../model/hugging-face-names.ts";
import { linearLayer, weightShapes } from "../model/weight-shapes.ts";
import { reasoned } from "../training-error.ts";
import { type AdapterSettings, adapterConfigFile, isNamedBy } from "./adapter-config.ts";

/** A linear layer of the base as its file names it, and the matrices of ours that lie below each other in it. */
export interface AdaptedModule {
  readonly module: string;
  readonly inputs: number;
  readonly outputs: number;
  /** (rows, inputs) each. */
  readonly matrices: readonly { readonly name: string; readonly rows: number }[];
}

const output = "lm_head";
/** Tables of the vocabulary: an adapter of one is no product of two matrices, and of a tied one it would move both. */
const tables = [output, "embed_tokens", "wte", "wpe"];

/**
 * The linear layers of a base that an adapter adapts, in the base's order.
 * @throws TrainingError `bad_model_files` where a target is none of the base's
 */
export function adaptedModules(config: ModelConfig, { targets }: AdapterSettings): AdaptedModule[] {
  const modules = linearModules(config);
  const known = [...new Set(modules.map(({ module }) => lastName(module)))];
  for (const target of targets ?? []) {
    if (modules.some(({ module }) => isNamedBy(target, module))) continue;
    if (tables.some((table) => isNamedBy(table, target))) {
      throw reasoned("adapterSetting", { file: adapterConfigFile, key: "target_modules", value: target });
    }
    throw reasoned("adapterTarget", { file: adapterConfigFile, target, known: known.join(", ") });
  }
  return modules.filter((one) =>
    targets ? targets.some((target) => isNamedBy(target, one.module)) : one.module !== output,
  );
}

/** Those of the blocks, and the output where it is not the embedding: what is tied can't have an adapter of its own. */
function linearModules(config: ModelConfig): AdaptedModule[] {
  const shapes = new Map(weightShapes(config, { kind: "lm" }).map(({ name, shape }) => [name, shape]));
  const shapeOf = (name: string) => {
    const [rows = 0, inputs = 0] = shapes.get(name) ?? [];
    return { rows, inputs };
  };
  const layers =
    fileStyle(config) === "gpt2"
      ? gpt2Pieces(config).filter(({ ours: [first = ""] }) => linearLayer(first) !== undefined)
      : [...shapes.keys()].flatMap((name) => (linearLayer(name) === undefined ? [] : [{ file: name, ours: [name] }]));
  const ofOutput = `${output}.weight`;
  const untied = shapes.has(ofOutput) ? [{ file: ofOutput, ours: [ofOutput] }] : [];
  return [...layers, ...untied].map(({ file, ours }) => {
    const matrices = ours.map((name) => ({ name, rows: shapeOf(name).rows }));
    return {
      module: file.replace(/\.weight$/, ""),
      inputs: shapeOf(ours[0] ?? "").inputs,
      outputs: matrices.reduce((sum, { rows }) => sum + rows, 0),
      matrices,
    };
  });
}

/** GPT-2 has two layers `c_proj` in a block, which their parents tell apart; nobody else needs the parent's name. */
function lastName(module: string): string {
  return module.split(".").at(-1) ?? module;
}
