import { z } from "zod";
import { MediaRefs } from "./media.ts";

const Name = z.string().min(1).max(200);
/** The longest text of a turn, in UTF-16 units. */
const longest = 100_000;

/** A call of a tool, in the form of OpenAI's chats. */
export const ToolCall = z.strictObject({
  id: Name,
  type: z.literal("function"),
  /** The arguments are JSON, as the model wrote it: a model may have written it wrongly. */
  function: z.strictObject({ name: Name, arguments: z.string().max(longest) }),
});
export type ToolCall = z.infer<typeof ToolCall>;

/** Calls of one turn. */
export const mostToolCalls = 100;

/**
 * One turn of a conversation. A prompt is one or many turns and ends with the turn that is to be answered. Fields are
 * absent where there is nothing in them, so that a turn without any is what it always was.
 */
export const Message = z
  .strictObject({
    role: z.enum(["system", "user", "assistant", "tool"]),
    /** May be empty where pictures, sounds or calls say it all, and where a tool gave nothing back. */
    content: z.string().max(longest),
    /** Shown after the text, in this order. */
    media: MediaRefs.optional(),
    /** Of the assistant. */
    tool_calls: z.array(ToolCall).min(1).max(mostToolCalls).optional(),
    /** Of a tool: the call whose result this is, and the tool's name where the file says it. */
    tool_call_id: Name.optional(),
    name: Name.optional(),
  })
  .refine(
    ({ role, content, media, tool_calls }) =>
      content !== "" || media !== undefined || tool_calls !== undefined || role === "tool",
    { path: ["content"], error: "must not be empty" },
  );
export type Message = z.infer<typeof Message>;

/** Whether tools are called in these turns, or answer in them. */
export const hasToolTurns = (messages: readonly Message[]): boolean =>
  messages.some(({ role, tool_calls }) => role === "tool" || tool_calls !== undefined);
