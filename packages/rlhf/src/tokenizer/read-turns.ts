import { hasToolTurns, type Message } from "@touchstone/contracts";

/** A turn that every template can write. */
export interface ReadTurn {
  readonly role: Exclude<Message["role"], "tool">;
  readonly content: string;
}

/**
 * The turns as templates write them. Calls of tools and their results have no place in ours, and models' own templates each
 * write them in a way of their own: whoever reads rows leaves such conversations out and counts them, and none comes here.
 *
 * @throws RangeError where a tool is called or answers, since its words would be lost, or taken for somebody else's
 */
export function readTurns(messages: readonly Message[]): readonly ReadTurn[] {
  if (hasToolTurns(messages)) throw new RangeError("a conversation with calls of tools is not written as text");
  return messages.flatMap(({ role, content }) => (role === "tool" ? [] : [{ role, content }]));
}
