import { TrainingSpec } from "@touchstone/contracts";
import { z } from "zod";
import { optionName, parsedSettings, paths, readSpecFile } from "../files/spec-file.ts";
import { UsageError } from "../usage-error.ts";
import type { SpecFlag } from "./spec-flags.ts";

/** A number, or its digits as a flag has them. Nothing else is one: `null` is no 0, and `true` no 1. */
function wholeNumber(least: number, most: number) {
  const range = most === Number.MAX_SAFE_INTEGER ? `of ${least} or more` : `from ${least} to ${most}`;
  const isOne = (value: unknown): value is number =>
    typeof value === "number" && Number.isInteger(value) && value >= least && value <= most;
  const numberOf = (value: unknown) => (typeof value === "string" && value.trim() !== "" ? Number(value) : value);
  return z.preprocess(numberOf, z.custom<number>(isOne, { error: `must be a whole number ${range}.` }));
}

/** What a run needs beside its trainer's settings; in a spec file these stand next to them. */
const Surroundings = z.object({
  train: paths.default([]).describe("file to learn from; may be given several times"),
  validation: paths.default([]).describe("file that is only measured on; may be given several times"),
  policy: z.string().optional().describe("model to start from: its folder, or the run directory that made it"),
  reference: z.string().optional().describe("model that the KL is measured against, if it is not the starting one"),
  reward: z.string().optional().describe("reward model"),
  features: z
    .string()
    .optional()
    .describe(
      "model that is read and not trained: `reward` fits a head on what it makes of answers; elsewhere the one that --reward rests on",
    ),
  out: z.string().optional().describe("run directory to write; an unfinished run there is resumed"),
  seed: wholeNumber(0, Number.MAX_SAFE_INTEGER).default(1).describe("decides everything that is random"),
  workers: wholeNumber(1, 64)
    .default(1)
    .describe("threads that share each step, each with a model of its own in memory; other numbers, other last bits"),
});
export type Surroundings = z.infer<typeof Surroundings>;
export const surroundings = Object.entries(Surroundings.shape).map(([name, schema]) => ({
  name,
  description: schema.description ?? "",
}));

export const isNumber = (name: string) => name === "seed" || name === "workers";

/** A run as asked for, settings checked, paths absolute. */
export interface Plan extends Surroundings {
  readonly spec: TrainingSpec;
  /** Settings that somebody gave, as opposed to defaults. */
  readonly given: Readonly<Record<string, unknown>>;
}

/**
 * A spec file (paths relative to it), with flags on top (paths relative to the caller).
 * @throws UsageError naming each wrong setting and the cure
 */
export async function planOf(
  trainer: TrainingSpec["trainer"],
  flags: readonly SpecFlag[],
  options: Readonly<Record<string, unknown>>,
): Promise<Plan> {
  const file = typeof options.spec === "string" ? await readTrainerSpec(options.spec, trainer) : {};
  const own = Object.fromEntries(surroundings.flatMap(({ name }) => (name in options ? [[name, options[name]]] : [])));
  const named = new Set(surroundings.map(({ name }) => name));
  const settings = Object.fromEntries(Object.entries(file).filter(([name]) => !named.has(name) && name !== "trainer"));
  const presets = Groups.parse(TrainingSpec.parse({ trainer }));
  for (const flag of flags) {
    const value = options[optionName(flag)];
    if (value !== undefined) setSetting(settings, presets, flag, String(value));
  }
  const beside = parsedSettings(Surroundings, { ...file, ...own });
  const spec = parsedSettings(TrainingSpec, { ...settings, trainer });
  return { ...beside, spec, given: settings };
}

async function readTrainerSpec(path: string, trainer: string): Promise<Record<string, unknown>> {
  const isPath = (name: string) => !isNumber(name) && surroundings.some((one) => one.name === name);
  const spec = await readSpecFile(path, "trainer", isPath);
  if (spec.trainer !== undefined && spec.trainer !== trainer) {
    throw new UsageError(`${path} is a spec for “${spec.trainer}”, and “${trainer}” was asked for.`);
  }
  return spec;
}

/** The groups of settings that name their kind, such as an objective. */
const Groups = z.record(z.string(), z.object({ kind: z.string() }).optional().catch(undefined));

function setSetting(
  settings: Record<string, unknown>,
  presets: z.infer<typeof Groups>,
  { flag, path, type }: SpecFlag,
  text: string,
): void {
  const value = parsedSetting(type, text);
  if (text.trim() === "" || Number.isNaN(value)) throw new UsageError(`${flag} must be a number, and is “${text}”.`);
  let place = settings;
  for (const name of path.slice(0, -1)) {
    const inner = z.record(z.string(), z.unknown()).safeParse(place[name]);
    // A setting of the usual kind of objective need not say which kind that is.
    const copy = inner.success ? { ...inner.data } : { ...presets[name] };
    place[name] = copy;
    place = copy;
  }
  const last = path.at(-1) ?? "";
  // Another kind of objective has other settings: those of the file were for the one before.
  if (last === "kind" && place.kind !== value) for (const name of Object.keys(place)) delete place[name];
  place[last] = value;
}

function parsedSetting(type: SpecFlag["type"], text: string): number | boolean | string | string[] {
  if (type === "number") return Number(text);
  if (type === "boolean") return text === "true";
  return type === "list" ? text.split(",").map((part) => part.trim()) : text;
}
