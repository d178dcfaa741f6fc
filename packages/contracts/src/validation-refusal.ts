import type { z } from "zod";
import { fieldIssuesOf, fieldSentences } from "./field-reasons.ts";
import type { ProblemCode } from "./problem-kinds.ts";
import { DomainError } from "./problems.ts";
import { unfoldedIssues } from "./unfolded-issues.ts";

type Issue = z.core.$ZodIssue;

/** What lies outside a range or a list is a wrong value (422); what is missing, unknown or out of form, a wrong request (400). */
const valueCodes = new Set(["too_small", "too_big", "not_multiple_of", "invalid_value"]);

/** What comes back must not grow with what was sent: nobody mends more faults than these at once. */
const mostIssues = 50;
const mostLetters = 60;

function shortened(step: PropertyKey): string {
  const text = String(step);
  return text.length > mostLetters ? `${text.slice(0, mostLetters)}…` : text;
}

/**
 * Turns zod's findings into the one error a caller sees: each field by its dotted path, with the cure.
 *
 * @param part which part of the request was read; "query" or "params" begins its paths, those of a body's fields stand alone.
 */
export function validationRefusal(error: z.ZodError, part: string): DomainError {
  const code = codeOf(error.issues.flatMap(unfoldedIssues));
  const all = error.issues.flatMap(fieldIssuesOf);
  const shown = all.slice(0, mostIssues).map((issue) => ({
    ...issue,
    path: [...(part === "body" && issue.path.length > 0 ? [] : [part]), ...issue.path.map(shortened)].join("."),
  }));
  const path = shown[0]?.path ?? part;
  const more = all.length > shown.length ? ` (and ${all.length - shown.length} more)` : "";
  return new DomainError(code, `${path}: ${shown[0]?.message ?? fieldSentences.invalid}${more}`, {
    path,
    issues: shown,
  });
}

function codeOf(issues: Issue[]): ProblemCode {
  if (issues.some((issue) => !isValue(issue))) return "invalid_request";
  return issues.some(isUnstorable) ? "unstorable_text" : "invalid_value";
}

const isUnstorable = (issue: Issue) => issue.code === "custom" && issue.params?.code === "unstorable_text";

function isValue(issue: Issue): boolean {
  return (
    valueCodes.has(issue.code) || issue.code === "custom" || isUnknownChoice(issue) || isOutsideSafeIntegers(issue)
  );
}

/** A discriminator that names none of the alternatives: a value outside its list. */
function isUnknownChoice(issue: Issue): boolean {
  return issue.code === "invalid_union" && "discriminator" in issue && issue.input !== undefined;
}

/** 1.5 stars is a number, yet not one of the scale. */
function isOutsideSafeIntegers(issue: Issue): boolean {
  return issue.code === "invalid_type" && issue.expected === "int";
}
