import { z } from "zod";
import { MediaRefs } from "./media.ts";

/** One turn of a conversation. A prompt is one or many turns and ends with the turn that is to be answered. */
export const Message = z
  .strictObject({
    role: z.enum(["system", "user", "assistant"]),
    /** May be empty where pictures or sounds say it all. */
    content: z.string().max(100_000),
    /** Shown after the text, in this order. Absent where there are none, so that a turn without any is what it always was. */
    media: MediaRefs.optional(),
  })
  .refine(({ content, media }) => content !== "" || media !== undefined, {
    path: ["content"],
    error: "must not be empty",
  });
export type Message = z.infer<typeof Message>;
