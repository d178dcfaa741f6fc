import { z } from "zod";
import { IssueValues, ProblemIssue } from "./problem-issue.ts";
import { problemCodes } from "./problems.ts";

/** RFC 9457 problem+json. `issues` names each wrong field by its path and says the cure. */
export const Problem = z.object({
  type: z.string(),
  code: z.enum(problemCodes),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  requestId: z.string(),
  path: z.string().optional(),
  issues: z.array(ProblemIssue).optional(),
  /** One of `refusalReasons`, where a code stands for several things; a page says it in its own language with `values`. */
  reason: z.string().optional(),
  values: IssueValues.optional(),
});
export type Problem = z.infer<typeof Problem>;
