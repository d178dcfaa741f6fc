import { Answers, Id, Timings } from "@touchstone/contracts";
import { z } from "zod";

/** What has been done about a task before its choice, kept by lease, so that a reload loses nothing. */
export const Draft = z.object({
  leaseId: Id,
  /** Absent in what an earlier version of this page kept. */
  taskId: Id.optional(),
  flagged: z.boolean(),
  comment: z.string(),
  /** Of the questions so far; absent in what an earlier version of this page kept. */
  answers: Answers.optional(),
  timings: Timings,
  savedAt: z.number(),
});
export type Draft = z.infer<typeof Draft>;
