import type { z } from "zod";

/** Why a field is not accepted, without words. */
export type FieldReason =
  | { readonly key: "required" | "email" | "invalid" | "integer" | "unstorable" }
  | { readonly key: "tooShort" | "tooLong" | "tooSmall" | "tooLarge"; readonly limit: number };

/** Faults that the contracts find by rules of their own. A name of blanks is a field left empty. */
const customFaults = new Map<unknown, "unstorable" | "required">([
  ["unstorable_text", "unstorable"],
  ["blank", "required"],
]);

/** What zod found, for pages in any language. Only with `reportInput` is what is missing told from what is out of form. */
export function fieldReasonOf(issue: z.core.$ZodIssue): FieldReason {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined) return { key: "required" };
      return { key: issue.expected === "int" ? "integer" : "invalid" };
    case "too_small": {
      const limit = Number(issue.minimum);
      if (issue.origin === "string") return limit <= 1 ? { key: "required" } : { key: "tooShort", limit };
      return { key: "tooSmall", limit };
    }
    case "too_big":
      return { key: issue.origin === "string" ? "tooLong" : "tooLarge", limit: Number(issue.maximum) };
    case "invalid_format":
      return { key: issue.format === "email" ? "email" : "invalid" };
    case "custom":
      return { key: customFaults.get(issue.params?.code) ?? "invalid" };
    default:
      return { key: "invalid" };
  }
}

/** The same as an issue of a problem carries it. */
export function fieldIssueOf(issue: z.core.$ZodIssue): { reason: string; values?: { limit: number } } {
  const found = fieldReasonOf(issue);
  const reason = `field.${found.key}`;
  return "limit" in found ? { reason, values: { limit: found.limit } } : { reason };
}
