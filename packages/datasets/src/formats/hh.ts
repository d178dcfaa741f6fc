import type { Message } from "@touchstone/contracts";
import { completionsOf, type ImportRow, rowOf, unnamedAnnotator } from "../import-row.ts";
import { optionalName, textOf } from "../read/fields.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";
import { messagesOf, sameMessage } from "./messages.ts";
import { itemOf, originColumns, voteDetails } from "./origin.ts";

/** The columns that `readHh` reads; a receipt names all others. */
export const hhColumns: readonly string[] = ["chosen", "rejected", ...originColumns];

/**
 * HH: {chosen, rejected}, whole transcripts "\n\nHuman: …\n\nAssistant: …" that differ in the last Assistant turn. A few
 * pairs differ earlier: then the prompt is what they share up to a Human turn, the answer everything after it, and the
 * row is noted.
 */
export function readHh({ line, value }: JsonRow): ImportRow {
  const chosen = turnsOf(value.chosen, line, "chosen");
  const rejected = turnsOf(value.rejected, line, "rejected");
  let shared = 0;
  while (sameMessage(chosen[shared], rejected[shared])) shared += 1;
  // The prompt ends with what the Human says, and both transcripts still have an answer to it.
  const last = Math.min(shared, chosen.length - 1, rejected.length - 1);
  const end = chosen.findLastIndex((turn, index) => index < last && turn.role === "user") + 1;
  if (end === 0) throw lineProblem(line, "rejected", "noSharedHumanTurn");
  const usual = chosen.length === rejected.length && end === chosen.length - 1;
  const annotator = optionalName(value.annotator_hash ?? value.annotator, line, "annotator") ?? unnamedAnnotator;
  return {
    ...rowOf(
      line,
      messagesOf(chosen.slice(0, end), line, "chosen", true).filter(({ content }) => content !== ""),
    ),
    ...itemOf({ line, value }),
    completions: completionsOf([chosen, rejected].map((turns) => ({ id: null, text: transcript(turns.slice(end)) }))),
    votes: [{ annotator, outcome: 2, ...voteDetails({ line, value }) }],
    note: usual ? null : "differing-prefixes",
  };
}

/** The turns of a prompt that is a transcript and ends where the assistant is to speak; null for any other prompt. */
export function transcriptTurns(value: unknown): Message[] | null {
  if (typeof value !== "string" || !/^\s*Human:/.test(value) || !/\n\nAssistant:\s*$/.test(value)) return null;
  return turnsIn(value).slice(0, -1);
}

const speakers: Record<string, Message["role"]> = { Human: "user", Assistant: "assistant" };

function turnsOf(value: unknown, line: number, field: string): Message[] {
  const turns = turnsIn(textOf(value, line, field));
  if (turns.length < 2) throw lineProblem(line, field, "notTranscript");
  return turns;
}

/** None where something stands before the first speaker. */
function turnsIn(transcript: string): Message[] {
  // Odd entries are the speakers, even ones what they say; the first is what stands before any speaker.
  const parts = transcript.replaceAll("\r\n", "\n").split(/(?:^|\n\n)(Human|Assistant):/);
  const turns: Message[] = [];
  if (parts[0]?.trim() !== "") return turns;
  for (let index = 1; index < parts.length; index += 2) {
    const role = speakers[parts[index] ?? ""];
    if (role) turns.push({ role, content: (parts[index + 1] ?? "").trim() });
  }
  return turns;
}

/** The answer's own words; where a conversation goes on after it, with its speakers. */
function transcript([answer, ...more]: readonly Message[]): string {
  const names: Record<string, string> = { user: "Human", assistant: "Assistant" };
  return [answer?.content ?? "", ...more.map(({ role, content }) => `${names[role]}: ${content}`)].join("\n\n");
}
