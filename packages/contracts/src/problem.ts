import { z } from "zod";
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
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof Problem>;
