import type { OutgoingAnswer } from "./outgoing.ts";

/** What an answer asks to be spared, in milliseconds: seconds or a date, as HTTP has it. Null where it says nothing, or a time that is over. */
export function retryAfterOf({ headers }: Pick<OutgoingAnswer, "headers">): number | null {
  const said = headers["retry-after"];
  if (said === undefined) return null;
  const ms = /^\d+$/.test(said) ? Number(said) * 1000 : Date.parse(said) - Date.now();
  return ms > 0 ? ms : null;
}
