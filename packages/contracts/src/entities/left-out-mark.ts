import { z } from "zod";
import { Timestamp } from "./scalars.ts";

/** Why something is left out: the kinds by which exports and figures count. */
export const LeftOutReason = z.enum(["careless", "mistaken", "unfit", "trial", "withdrawn", "other"]);
export type LeftOutReason = z.infer<typeof LeftOutReason>;

/** That a judgement or an item is left out: by itself, with its item, or with all work of its author. */
export const LeftOutMark = z.object({
  kind: z.enum(["judgement", "item", "member"]),
  reason: LeftOutReason,
  note: z.string(),
  by: z.string().nullable(),
  createdAt: Timestamp,
});
export type LeftOutMark = z.infer<typeof LeftOutMark>;

/** How many judgements that stand don't count, by why: each once, by the narrowest thing with which it is left out. */
export const LeftOutCounts = z.array(z.object({ reason: LeftOutReason, judgements: z.number().int() }));
export type LeftOutCounts = z.infer<typeof LeftOutCounts>;
