import { z } from "zod";

/** A model and the tokens of one step, in the sizes that our trainer and the peer's script both understand. */
export const Setting = z.strictObject({
  vocab: z.number().int(),
  context: z.number().int(),
  layers: z.number().int(),
  heads: z.number().int(),
  width: z.number().int(),
  hidden: z.number().int(),
  /** Sequences a step, each of the whole context. */
  batchSize: z.number().int(),
});
export type Setting = z.infer<typeof Setting>;

/** The two at which the figures are stated: about a third of a million weights, and seven million. */
export const settings = {
  a: { vocab: 512, context: 128, layers: 5, heads: 8, width: 64, hidden: 172, batchSize: 32 },
  b: { vocab: 4_096, context: 128, layers: 6, heads: 6, width: 288, hidden: 768, batchSize: 8 },
} satisfies Record<string, Setting>;
