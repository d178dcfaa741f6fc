import { z } from "zod";

/** What a reason's sentence is filled with, by the names in its braces. */
export const IssueValues = z.record(z.string(), z.union([z.string(), z.number()]));

/**
 * One fault, at the field it is about. `reason` and `values` let a page say it in its own language: the reason is one of
 * `readingReasons` or `refusalReasons`, a warning of the receipt as `warning.CODE`, or a field's fault as `field.FAULT`.
 * A page that is older than the reason shows `message`, so it is any text here.
 */
export const ProblemIssue = z.object({
  path: z.string(),
  message: z.string(),
  reason: z.string().optional(),
  values: IssueValues.optional(),
});
export type ProblemIssue = z.infer<typeof ProblemIssue>;
