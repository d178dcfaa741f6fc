import type { Message } from "@touchstone/contracts";
import { answerText, type PairShape } from "./pair.ts";

/** Where readers of HH cut a transcript: a text that has it inside would come back as two turns. */
const mark = /\n\n(?:Human|Assistant):/;

/**
 * HH: whole transcripts, "\n\nHuman: …\n\nAssistant: …", which differ in the last turn. They know no system. Spaces around
 * what was said are no part of a transcript to its readers, so those of a text may be lost there.
 */
export const hhPair: PairShape = ({ prompt, chosen, rejected }) => {
  if (prompt.some(({ role }) => role === "system")) return "systemTurn";
  if (prompt.at(-1)?.role !== "user") return "turnOrder";
  const texts = [...prompt, ...chosen, ...rejected].map(({ content }) => content.replaceAll("\r\n", "\n"));
  if (texts.some((text) => mark.test(text))) return "markers";
  const asked = prompt.map(spoken).join("");
  const ended = (answer: readonly Message[]) => `${asked}\n\nAssistant: ${answerText(answer)}`;
  return { chosen: ended(chosen), rejected: ended(rejected) };
};

function spoken({ role, content }: Message): string {
  return `\n\n${role === "user" ? "Human" : "Assistant"}: ${content}`;
}
