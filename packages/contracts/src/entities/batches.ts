import { z } from "zod";
import { Name, Timestamp, text } from "./scalars.ts";

export const BatchState = z.enum(["open", "paused", "ended"]);
export type BatchState = z.infer<typeof BatchState>;

/** Lower numbers are handed out first. */
const BatchNumber = z.number().int().min(-1_000_000).max(1_000_000);

/** Tasks of one number: what they are called, until when they are wanted, and how far they are. */
export const BatchView = z.object({
  number: z.number().int(),
  name: z.string(),
  dueAt: Timestamp.nullable(),
  state: BatchState,
  /** Full ones have all places judged or held; ended ones count as closed. */
  tasks: z.object({ open: z.number().int(), full: z.number().int(), closed: z.number().int() }),
  /** Judgements wanted over all of its tasks. */
  wanted: z.number().int(),
});
export type BatchView = z.infer<typeof BatchView>;

/** What is given is changed. `moveTo` gives all its tasks another number, which no batch may have. */
export const BatchChange = z.strictObject({
  number: BatchNumber,
  name: z.union([Name, text(0)]).optional(),
  dueAt: Timestamp.nullable().optional(),
  state: BatchState.optional(),
  moveTo: BatchNumber.optional(),
});
export type BatchChange = z.infer<typeof BatchChange>;
