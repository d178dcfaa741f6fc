import { z } from "zod";
import { Timestamp } from "./scalars.ts";

/** Of a label set, and of what was made of it: how many judgements were erased with whoever made them, and when last. */
export const ErasedSince = z.object({ judgements: z.number().int(), at: Timestamp });
export type ErasedSince = z.infer<typeof ErasedSince>;
