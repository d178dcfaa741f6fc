import type { z } from "zod";

/** Which build of the pages this is; undefined in tests, where nothing is taken on trust. */
const thisBuild = process.env.PAGES_BUILD;

/** A value for the browser's database, marked with the build that puts it there. Builds before ours ignore the mark. */
export function toKeep<T extends object>(value: T): T & { readonly keptBy?: string } {
  return thisBuild === undefined ? value : { ...value, keptBy: thisBuild };
}

/**
 * A value out of the browser's database. What this very build has put there has the shape that the compiler saw; what
 * another one left is parsed, by a schema that is only then fetched: on most visits no schema comes to the workbench at all.
 *
 * @returns undefined when nothing is there or it does not fit.
 */
export async function readKept<T extends object>(
  value: unknown,
  shape: () => Promise<z.ZodType<T>>,
): Promise<T | undefined> {
  if (value === undefined) return undefined;
  return isOurs<T>(value) ? value : (await shape()).safeParse(value).data;
}

function isOurs<T extends object>(value: unknown): value is T {
  if (thisBuild === undefined || typeof value !== "object" || value === null) return false;
  return "keptBy" in value && value.keptBy === thisBuild;
}
