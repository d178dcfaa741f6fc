import { stringify } from "lossless-json";
import { isExactNumber } from "./json-value.ts";

/** The JSON of a value on one line, numbers digit by digit as they were read. */
export function jsonText(value: unknown): string {
  return (holdsExactNumber(value) ? stringify(value) : JSON.stringify(value)) ?? "null";
}

function holdsExactNumber(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return isExactNumber(value) || Object.values(value).some(holdsExactNumber);
}

/** An object of a file as any program reads it: a number that no double can hold loses the digits beyond one. */
export function plainJson(value: unknown): unknown {
  return holdsExactNumber(value) ? JSON.parse(jsonText(value)) : value;
}
