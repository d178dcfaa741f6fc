import type { z } from "zod";

/** Why a field is not accepted, as a message of `problems.fields` with its values. */
export type FieldError =
  | { readonly key: "required" | "email" | "invalid" | "integer" | "unstorable" }
  | { readonly key: "tooShort" | "tooLong" | "tooSmall" | "tooLarge"; readonly limit: number }
  | { readonly key: "said"; readonly message: string };

/** The first fault of each field, by its dotted path. The schema must have been run with `reportInput`. */
export function fieldErrorsOf(error: z.ZodError): Readonly<Record<string, FieldError>> {
  const errors: Record<string, FieldError> = {};
  for (const issue of error.issues) {
    const path = issue.path.join(".");
    errors[path] ??= fieldErrorOf(issue);
  }
  return errors;
}

/** The faults that the API found, in its own words. */
export function fieldErrorsFromApi(
  issues: readonly { readonly path: string; readonly message: string }[],
): Readonly<Record<string, FieldError>> {
  return Object.fromEntries(issues.map(({ path, message }) => [path.replace(/^body\./, ""), { key: "said", message }]));
}

/** Faults that the contracts find by rules of their own. A name of blanks is a field left empty. */
const customFaults = new Map<unknown, "unstorable" | "required">([
  ["unstorable_text", "unstorable"],
  ["blank", "required"],
]);

function fieldErrorOf(issue: z.core.$ZodIssue): FieldError {
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
