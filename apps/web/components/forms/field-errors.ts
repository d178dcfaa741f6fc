import { type FieldReason, fieldReasonOf, type ProblemIssue } from "@touchstone/contracts";
import type { z } from "zod";

/** Why a field is not accepted, as a message of `problems.fields` with its values. */
export type FieldError = FieldReason | ({ readonly key: "said" } & Omit<ProblemIssue, "path">);

/** The first fault of each field, by its dotted path. The schema must have been run with `reportInput`. */
export function fieldErrorsOf(error: z.ZodError): Readonly<Record<string, FieldError>> {
  const errors: Record<string, FieldError> = {};
  for (const issue of error.issues) {
    const path = issue.path.join(".");
    errors[path] ??= fieldReasonOf(issue);
  }
  return errors;
}

/** The faults that the API found; a page says them by their reason, where they have one. */
export function fieldErrorsFromApi(issues: readonly ProblemIssue[]): Readonly<Record<string, FieldError>> {
  return Object.fromEntries(
    issues.map(({ path, ...issue }) => [path.replace(/^body\./, ""), { key: "said", ...issue }]),
  );
}
