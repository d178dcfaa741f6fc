import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/**
 * Of a union's alternatives, speaks of the one the caller meant: the one whose tag fits, and of those the one of the value's own
 * type, or else with the fewest faults. Where no tag fits, names the tags of all. What is wrong with a key or an entry is said at its place.
 */
export function unfoldedIssues(issue: Issue): Issue[] {
  if (issue.code === "invalid_key" || issue.code === "invalid_element") return within(issue, issue.issues);
  if (issue.code !== "invalid_union" || issue.errors.length === 0) return [issue];
  const branches = issue.errors.map((branch) => branch.flatMap(unfoldedIssues));
  const fitting = branches.filter((branch) => !branch.some(isTagMismatch)).sort((a, b) => a.length - b.length);
  const meant = fitting.find((branch) => branch.some(isOfOwnType)) ?? fitting[0];
  return within(issue, meant ?? tagsOf(branches));
}

function within({ path }: Issue, faults: readonly Issue[]): Issue[] {
  return faults.flatMap(unfoldedIssues).map((fault) => ({ ...fault, path: [...path, ...fault.path] }));
}

/** A number that is none that can be kept, as 1e400 is in JavaScript, is still no text. */
function isOfOwnType(issue: Issue): boolean {
  return issue.code === "invalid_type" && issue.path.length === 0 && issue.expected === typeof issue.input;
}

function isTagMismatch(issue: Issue): boolean {
  return (issue.code === "invalid_value" && issue.values.length === 1) || issue.code === "invalid_union";
}

/** The tags that there are at one place are one choice. */
function tagsOf(branches: readonly (readonly Issue[])[]): Issue[] {
  const mismatches = branches.flatMap((branch) => branch.filter(isTagMismatch));
  const [first] = mismatches;
  const atOnePlace = mismatches.every(({ path }) => path.join(".") === first?.path.join("."));
  const values = mismatches.flatMap((issue) => (issue.code === "invalid_value" ? issue.values : []));
  return first?.code === "invalid_value" && atOnePlace ? [{ ...first, values: [...new Set(values)] }] : mismatches;
}
