import { z } from "zod";
import { reasoned, reasonedBy } from "../training-error.ts";

export const adapterConfigFile = "adapter_config.json";

/** A module's name, or the end of one, as PEFT writes them where it was given a list: no pattern. */
const PlainName = z.string().regex(/^[\w.]+$/, "it is no plain name");
/** Larger ones than any in use; they are multiplied. */
const Rank = z.number().int().min(1).max(65_536);
const Alpha = z.number().min(-1e6).max(1e6);

const AdapterJson = z.looseObject({
  peft_type: z.string(),
  base_model_name_or_path: z.string().nullish(),
  r: Rank,
  lora_alpha: Alpha,
  use_rslora: z.boolean().default(false),
  target_modules: z.union([z.array(z.string()), z.string()]).nullish(),
  rank_pattern: z.record(z.string(), Rank).nullish(),
  alpha_pattern: z.record(z.string(), Alpha).nullish(),
});
type AdapterJson = z.infer<typeof AdapterJson>;

/** Keys that are read above, and those of training, of other programs or of one that is refused, which change no output. */
const harmless = new Set([
  ...Object.keys(AdapterJson.shape),
  ...["revision", "auto_mapping", "peft_version", "inference_mode", "lora_dropout", "megatron_core"],
  ...["layers_pattern", "qalora_group_size", "runtime_config", "eva_config"],
  // (in, out) or (out, in) of the base's matrices: PEFT sets it right by the layer's class, and A and B lie alike in both.
  "fan_in_fan_out",
]);

/** What these must be, beside absent, null, false or empty. */
const wanted: Readonly<Record<string, readonly unknown[]>> = {
  task_type: ["CAUSAL_LM"],
  bias: ["none"],
  // Where A and B began. Others, such as PiSSA, also changed the weights that they are laid on.
  init_lora_weights: [true, "gaussian", "eva", "orthogonal"],
};

/** How an adapter of PEFT's is to be laid on its base. */
export interface AdapterSettings {
  /** By which its authors called the base; a folder of theirs, or a name on a hub. */
  readonly baseName: string | undefined;
  readonly rank: number;
  readonly alpha: number;
  /** Modules that are adapted, by their names or ends of these; all linear ones of the blocks where it is undefined. */
  readonly targets: readonly string[] | undefined;
  /** r of a module. */
  rankOf(module: string): number;
  /** What B·A is multiplied by in a module: α/r, or α/√r (Kalajdzievski 2023) where it says so. */
  scaleOf(module: string): number;
}

/**
 * Reads adapter_config.json as PEFT writes it, refusing by name whatever would be computed in another way than here: a key that
 * is not known counts only where it is off.
 *
 * @throws TrainingError `bad_model_files`
 */
export function readAdapterConfig(bytes: Uint8Array): AdapterSettings {
  const json = parsedConfig(bytes);
  const { r, lora_alpha: alpha, base_model_name_or_path: baseName } = json;
  for (const [key, value] of Object.entries(json)) {
    if (harmless.has(key) || isOff(value) || wanted[key]?.includes(value)) continue;
    throw reasoned("adapterSetting", { file: adapterConfigFile, key, value: shortened(JSON.stringify(value)) });
  }
  const [ranks, alphas] = [
    patternOf("rank_pattern", json.rank_pattern),
    patternOf("alpha_pattern", json.alpha_pattern),
  ];
  const rankOf = (module: string) => valueFor(ranks, module) ?? r;
  return {
    baseName: baseName ?? undefined,
    rank: r,
    alpha,
    targets: targetsOf(json.target_modules),
    rankOf,
    scaleOf(module) {
      const rank = rankOf(module);
      return (valueFor(alphas, module) ?? alpha) / (json.use_rslora ? Math.sqrt(rank) : rank);
    },
  };
}

/** Whether a name of a list means this module: its own, or the end of it from a dot on. */
export function isNamedBy(name: string, module: string): boolean {
  return module === name || module.endsWith(`.${name}`);
}

function parsedConfig(bytes: Uint8Array): AdapterJson {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    throw reasonedBy(cause, "fileNotJson", { file: adapterConfigFile });
  }
  // Of another type nothing else need be as LoRA's is.
  const named = z.looseObject({ peft_type: z.string() }).safeParse(json);
  if (named.success && named.data.peft_type !== "LORA") {
    throw reasoned("adapterType", { file: adapterConfigFile, type: shortened(named.data.peft_type) });
  }
  const found = AdapterJson.safeParse(json);
  if (found.success) return found.data;
  const [first] = found.error.issues;
  const key = first?.path.join(".") ?? "";
  throw reasonedBy(found.error, "fileKey", { file: adapterConfigFile, key, detail: first?.message ?? "" });
}

function isOff(value: unknown): boolean {
  return value === null || value === false || (typeof value === "object" && Object.keys(value ?? {}).length === 0);
}

/** A list of names; nothing for all linear layers. Patterns are another program's regular expressions. */
function targetsOf(given: AdapterJson["target_modules"]): readonly string[] | undefined {
  if (given === "all-linear") return undefined;
  // One that names none would leave the base as it is, and nobody would know.
  if (given === null || given === undefined || given.length === 0) {
    throw reasoned("adapterSetting", { file: adapterConfigFile, key: "target_modules", value: "empty" });
  }
  for (const name of [given].flat()) {
    if (typeof given === "string" || !PlainName.safeParse(name).success) {
      throw reasoned("adapterPattern", { file: adapterConfigFile, key: "target_modules", pattern: shortened(name) });
    }
  }
  return [given].flat();
}

/** PEFT takes the keys for patterns; a plain name means as one what it means as a name. */
function patternOf(key: string, given: Readonly<Record<string, number>> | null | undefined): [string, number][] {
  const entries = Object.entries(given ?? {});
  const pattern = entries.find(([name]) => !PlainName.safeParse(name).success)?.[0];
  if (pattern === undefined) return entries;
  throw reasoned("adapterPattern", { file: adapterConfigFile, key, pattern: shortened(pattern) });
}

/** The first that names the module counts, in the order of the file. */
function valueFor(entries: readonly [string, number][], module: string): number | undefined {
  return entries.find(([name]) => isNamedBy(name, module))?.[1];
}

/** What a file says, as far as a sentence holds it. */
function shortened(value: string): string {
  return value.length > 60 ? `${value.slice(0, 60)}…` : value;
}
