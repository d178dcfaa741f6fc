import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { settingIssuesOf } from "@touchstone/contracts";
import { z } from "zod";
import { UsageError } from "../usage-error.ts";
import { callerPath } from "./caller-path.ts";
import { telling } from "./read-rows.ts";

/** One path or several, of a spec file or of flags. */
export const paths = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());

/**
 * A spec file's settings, with the paths among them made absolute: in a file they are relative to it.
 * @param whose settings they are, for the error
 * @throws UsageError
 */
export async function readSpecFile(
  path: string,
  whose: string,
  isPath: (name: string) => boolean,
): Promise<Record<string, unknown>> {
  const text = await telling(path, () => readFile(callerPath(path), "utf8"));
  const spec = z.record(z.string(), z.unknown()).safeParse(parseJson(path, text));
  if (!spec.success) throw new UsageError(`${path} must hold one JSON object with the ${whose}'s settings.`);
  const folder = dirname(callerPath(path));
  const located = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(located);
    return typeof value === "string" ? resolve(folder, value) : value;
  };
  return Object.fromEntries(
    Object.entries(spec.data).map(([name, value]) => [name, isPath(name) ? located(value) : value]),
  );
}

function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path} is not valid JSON: ${error instanceof Error ? error.message : error}.`);
  }
}

/** The name under which commander keeps a flag's value. */
export function optionName({ flag }: { readonly flag: string }): string {
  return flag.slice(2).replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** Settings as a schema reads them. @throws UsageError, with each wrong one and its cure on a line of its own */
export function parsedSettings<Schema extends z.ZodType>(schema: Schema, settings: unknown): z.output<Schema> {
  const parsed = schema.safeParse(settings, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw wrongSettings(parsed.error.issues.flatMap((issue) => settingIssuesOf(issue)));
}

export function wrongSettings(issues: readonly { path: string; message: string }[]): UsageError {
  const lines = issues.map(({ path, message }) => `  ${path || "spec"}: ${message}`);
  return new UsageError(`These settings can't be used:\n${lines.join("\n")}`);
}
