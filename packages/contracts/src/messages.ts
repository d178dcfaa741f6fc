import { z } from "zod";

/** One turn of a conversation. A prompt is one or many turns and ends with the turn that is to be answered. */
export const Message = z.strictObject({
  role: z.enum(["system", "user", "assistant"]),
  content: z.string().min(1).max(100_000),
});
export type Message = z.infer<typeof Message>;
