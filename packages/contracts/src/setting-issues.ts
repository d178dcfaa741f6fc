import type { z } from "zod";
import { fieldIssuesOf } from "./field-reasons.ts";
import type { ProblemIssue } from "./problem-issue.ts";
import { refusedIssue } from "./refusal-reasons.ts";

/**
 * What zod found in settings, one issue a setting: unknown ones come from it together, named only beside the path.
 * Parse with `reportInput`, or what is missing is called out of form.
 *
 * @param below where the settings stand in what was sent
 */
export function settingIssuesOf(issue: z.core.$ZodIssue, below: readonly string[] = []): ProblemIssue[] {
  const at = (path: readonly PropertyKey[]) => [...below, ...path].map(String).join(".");
  if (issue.code !== "unrecognized_keys") {
    return fieldIssuesOf(issue).map((one) => ({ ...one, path: at(one.path) }));
  }
  return issue.keys.map((key) => refusedIssue(at([...issue.path, key]), "settingUnknown"));
}
