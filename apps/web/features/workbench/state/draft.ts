import { Id, Timings } from "@touchstone/contracts";
import { z } from "zod";

/** What has been done about a task before its choice, kept by lease, so that a reload loses nothing. */
export const Draft = z.object({
  leaseId: Id,
  /** Absent in what an earlier version of this page kept. */
  taskId: Id.optional(),
  flagged: z.boolean(),
  comment: z.string(),
  timings: Timings,
  savedAt: z.number(),
});
export type Draft = z.infer<typeof Draft>;
