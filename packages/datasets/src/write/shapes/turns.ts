import { hasToolTurns, type Message, type ShapeReason } from "@touchstone/contracts";

/** A turn as chats have it, with nothing that a strict reader would not know. */
export interface Turn {
  readonly role: Message["role"];
  readonly content: string;
}

/** Turns with whatever stands beside their text: media, calls of tools. */
export type FullTurns = readonly Message[];

/** What no shape of texts holds: files, and tools that are called. Null where there is neither. */
export function unheld(turns: FullTurns): ShapeReason | null {
  if (turns.some(({ media }) => media !== undefined)) return "media";
  return hasToolTurns(turns) ? "tools" : null;
}

/** The turns alone, each with its two fields in one order. */
export const plainTurns = (turns: FullTurns): Turn[] => turns.map(({ role, content }) => ({ role, content }));

/** A conversation in parts: what the system says at its start, and the turns after it. */
export function withoutSystem(turns: FullTurns): { readonly system: string; readonly talk: FullTurns } {
  const [first, ...rest] = turns;
  return first?.role === "system" ? { system: first.content, talk: rest } : { system: "", talk: turns };
}

/** Whether user and assistant take turns, from the user to the user, as readers of pairs of turns want it. */
export function alternates(talk: FullTurns): boolean {
  return talk.length % 2 === 1 && talk.every(({ role }, place) => role === (place % 2 === 0 ? "user" : "assistant"));
}
