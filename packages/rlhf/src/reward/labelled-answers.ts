import type { Message } from "@touchstone/contracts";
import type { AnswerSequence } from "../model/answer-sequence.ts";
import { encodeAnswer, encodePrompt } from "../tokenizer/chat-template.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";

/** A conversation with its answer and the end of sequence, or nothing if that is longer than the model's context. */
export function encodeConversation(
  tokenizer: Tokenizer,
  prompt: readonly Message[],
  text: string,
  context: number,
): AnswerSequence | undefined {
  const start = encodePrompt(tokenizer, prompt);
  const ids = [...start, ...encodeAnswer(tokenizer, text)];
  return ids.length > context ? undefined : { ids, answerStart: start.length };
}

/** Keeps what fits and counts what does not. */
export function encodeFitting<Row, Example>(
  rows: readonly Row[],
  encode: (row: Row) => Example | undefined,
): { fitting: Example[]; tooLong: number } {
  const fitting = rows.flatMap((row) => encode(row) ?? []);
  return { fitting, tooLong: rows.length - fitting.length };
}

/** "trained on 1,204 of 1,210 comparisons: 6 are longer than the model's context of 128 tokens" */
export function coverageNote(noun: string, used: number, tooLong: number, context: number): string {
  const count = (value: number) => value.toLocaleString("en");
  const why = tooLong === 0 ? "" : `: ${count(tooLong)} are longer than the model's context of ${context} tokens`;
  return `Trained on ${count(used)} of ${count(used + tooLong)} ${noun}${why}.`;
}
