import { z } from "zod";
import { optimisation } from "./optimisation.ts";

/** Supervised fine-tuning: cross-entropy on the answer's tokens and its end, not on the prompt. */
export const SftSpec = z.strictObject({
  trainer: z.literal("sft"),
  ...optimisation,
  epochs: z.number().positive().max(100).default(3),
});
export type SftSpec = z.infer<typeof SftSpec>;
