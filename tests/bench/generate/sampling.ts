import { z } from "zod";

/** What one call of the samplers does; of temperature 1 and the whole distribution, and nothing ends an answer early. */
export const Sampling = z.strictObject({
  /** Answers under way at a time. */
  batch: z.number().int().min(1),
  /** Tokens of each prompt. */
  prompt: z.literal(8),
  /** Tokens of each answer. */
  answer: z.number().int().min(1),
});
export type Sampling = z.infer<typeof Sampling>;

/** Eight tokens: begin, user, a digit each, assistant. The tokenizer has seen no digits and so merged none. */
export const promptText = (index: number) => String(10_000 + 977 * index);
