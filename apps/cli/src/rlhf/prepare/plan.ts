import { PreparationSpec } from "@touchstone/contracts";
import { templateProblems } from "@touchstone/datasets";
import { z } from "zod";
import { callerPath } from "../files/caller-path.ts";
import { optionName, parsedSettings, paths, readSpecFile, wrongSettings } from "../files/spec-file.ts";
import type { SpecFlag } from "../training/spec-flags.ts";
import { UsageError } from "../usage-error.ts";

/** What a preparation needs beside its settings; in a spec file these stand next to them. */
const Surroundings = z.object({
  in: paths.default([]),
  out: z.string().optional(),
  previous: paths.default([]),
  tokenizer: z.string().optional(),
});
const surroundings = Object.keys(Surroundings.shape);

/** A preparation as asked for, settings checked. */
export interface PreparationPlan {
  readonly spec: PreparationSpec;
  /** Files to read, as they were named. */
  readonly in: readonly string[];
  /** Absolute. */
  readonly out: string;
  readonly previous: readonly string[];
  readonly tokenizer: string | undefined;
}

/**
 * A spec file (paths relative to it), with flags on top (paths relative to the caller).
 * @throws UsageError naming each wrong setting and the cure
 */
export async function preparationPlan(
  flags: readonly SpecFlag[],
  options: Readonly<Record<string, unknown>>,
): Promise<PreparationPlan> {
  const file =
    typeof options.spec === "string"
      ? await readSpecFile(options.spec, "preparation", (name) => surroundings.includes(name))
      : {};
  const settings = Object.fromEntries(Object.entries(file).filter(([name]) => !surroundings.includes(name)));
  for (const flag of flags) {
    const value = options[optionName(flag)];
    if (value !== undefined) setSetting(settings, flag, value);
  }
  const named = Object.fromEntries(surroundings.flatMap((name) => (name in options ? [[name, options[name]]] : [])));
  const beside = parsedSettings(Surroundings, { ...file, ...named });
  const spec = parsedSettings(PreparationSpec, settings);
  const problems = templateProblems(spec.augment);
  if (problems.length > 0) throw wrongSettings(problems.map((message) => ({ path: "augment.templates", message })));
  const { out, tokenizer, previous } = beside;
  if (beside.in.length === 0) throw new UsageError("--in: name a file to prepare.");
  if (out === undefined) throw new UsageError("--out: name the folder to write.");
  const { minTokens, maxTokens } = spec.length;
  if (tokenizer === undefined && (minTokens ?? maxTokens ?? spec.pack.context) !== undefined) {
    throw new UsageError(
      "--tokenizer: name a model that counts tokens, for length.minTokens, length.maxTokens and pack.",
    );
  }
  return { spec, in: beside.in, out: callerPath(out), previous, tokenizer };
}

function setSetting(settings: Record<string, unknown>, flag: SpecFlag, given: unknown): void {
  const value = settingOf(flag, given);
  let place = settings;
  for (const name of flag.path.slice(0, -1)) {
    const inner = z.record(z.string(), z.unknown()).safeParse(place[name]);
    const copy = inner.success ? { ...inner.data } : {};
    place[name] = copy;
    place = copy;
  }
  place[flag.path.at(-1) ?? ""] = value;
}

function settingOf({ flag, type, choices }: SpecFlag, given: unknown): unknown {
  // Names hold no commas, templates may.
  if (type === "list") return choices.length > 0 ? [given].flat().flatMap((part) => String(part).split(",")) : given;
  const text = String(given);
  const value = parsedAs(text, type);
  if (text.trim() === "" || Number.isNaN(value)) throw new UsageError(`${flag} must be a number, and is “${text}”.`);
  return value;
}

function parsedAs(text: string, type: SpecFlag["type"]): string | number | boolean {
  if (type === "number") return Number(text);
  return type === "boolean" ? text === "true" : text;
}
