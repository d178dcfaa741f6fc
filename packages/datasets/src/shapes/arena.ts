import type { Message } from "@touchstone/contracts";
import { answerOfTurns } from "../formats/answer-turns.ts";
import { turnsOf } from "../formats/conversation.ts";
import { messagesOf, sameMessage } from "../formats/messages.ts";
import { isAbsent } from "../formats/origin.ts";
import { completionsOf, type ImportRow, type ImportVote, rowOf } from "../import-row.ts";
import { optionalName, quoted } from "../read/fields.ts";
import type { JsonRow } from "../read/json-rows.ts";
import { lineProblem } from "../read/line-problem.ts";
import { nameIn, wholeAt } from "./reading.ts";
import type { Shape } from "./shape.ts";

/** Of files that don't say who voted; the same as a mapping of their columns gives. */
const unnamedVoter = "winner";
const winners: Readonly<Record<string, Pick<ImportVote, "outcome" | "bothBad">>> = {
  model_a: { outcome: 2 },
  model_b: { outcome: -2 },
  tie: { outcome: 0 },
  "tie (bothbad)": { outcome: 0, bothBad: true },
  both_bad: { outcome: 0, bothBad: true },
};

/**
 * Chatbot Arena (also its 140k) and MT-Bench: two whole conversations and which model won. The prompt is what both share; the
 * answers are what each goes on with, up to the turn that was judged.
 */
export const arena: Shape = {
  format: "arena",
  roles: {
    ...{ conversation_a: "answer", conversation_b: "answer", model_a: "model", model_b: "model" },
    ...{ winner: "vote", judge: "annotator", user: "annotator", language: "language", turn: "kept", id: "id" },
  },
  matches: (file) =>
    file.is("conversation_a", "turns") &&
    file.is("conversation_b", "turns") &&
    file.says("winner", ...Object.keys(winners)),
  read: readArena,
};

function readArena(row: JsonRow): ImportRow {
  const { line, value } = row;
  const [a, b] = (["conversation_a", "conversation_b"] as const).map((field) =>
    judgedTurns(messagesOf(turnsOf(value[field]) ?? value[field], line, field, true), value.turn, line),
  );
  if (a === undefined || b === undefined) throw lineProblem(line, "conversation_a", "missing");
  let shared = 0;
  // What both end with is an answer of each.
  while (shared < Math.min(a.length, b.length) - 1 && sameMessage(a[shared], b[shared])) shared += 1;
  const start = a.findLastIndex(({ role }, index) => index < shared && role === "user") + 1;
  if (start === 0) throw lineProblem(line, "conversation_b", "noSharedTurn");
  const texts = [answerOf(a.slice(start), line, "conversation_a"), answerOf(b.slice(start), line, "conversation_b")];
  const winner = typeof value.winner === "string" ? winners[value.winner.trim().toLowerCase()] : undefined;
  if (winner === undefined) {
    throw lineProblem(line, "winner", "winnerUnknown", {
      known: Object.keys(winners).join(", "),
      said: quoted(value.winner),
    });
  }
  return {
    ...rowOf(line, messagesOf(a.slice(0, start), line, "conversation_a")),
    itemId: nameIn(row, "id"),
    language: nameIn(row, "language"),
    completions: completionsOf(
      (["model_a", "model_b"] as const).map((field, index) => ({
        id: null,
        text: texts[index] ?? "",
        model: optionalName(value[field], line, field),
      })),
    ),
    votes: [{ annotator: nameIn(row, "judge", "user") ?? unnamedVoter, ...winner }],
    note: [a, b].every(({ length }) => length === start + 1) ? null : "differing-prefixes",
  };
}

/** MT-Bench says which turn was judged: of a conversation of two the first is judged by its beginning alone. */
function judgedTurns(turns: readonly Message[], turn: unknown, line: number): readonly Message[] {
  if (isAbsent(turn)) return turns;
  const asked = wholeAt(turn, line, "turn", 1, 1000);
  const answers = turns.flatMap(({ role }, index) => (role === "assistant" ? [index] : []));
  // Arena counts the turns of the whole conversation, which then are as many as there are.
  return turns.slice(0, (answers[asked - 1] ?? turns.length - 1) + 1);
}

/** One turn is its own words; a conversation that goes on keeps its speakers. */
function answerOf(turns: readonly Message[], line: number, field: string): string {
  const answer = answerOfTurns(turns, line, field);
  if (answer !== null) return answer;
  const [first, ...more] = turns;
  if (first?.role !== "assistant") throw lineProblem(line, field, "oneAnswerAfterShared");
  const names: Readonly<Record<string, string>> = { user: "Human", assistant: "Assistant" };
  return [first.content, ...more.map(({ role, content }) => `${names[role] ?? role}: ${content}`)].join("\n\n");
}
