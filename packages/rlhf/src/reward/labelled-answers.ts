import type { Message } from "@touchstone/contracts";
import type { AnswerSequence } from "../model/answer-sequence.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import { counted } from "../training-error.ts";

/** A conversation with its answer and the end of sequence, or nothing if that is longer than the model's context. */
export function encodeConversation(
  tokenizer: Tokenizer,
  prompt: readonly Message[],
  text: string,
  context: number,
): AnswerSequence | undefined {
  const start = tokenizer.encodePrompt(prompt);
  const ids = [...start, ...tokenizer.encodeAnswer(text)];
  return ids.length > context ? undefined : { ids, answerStart: start.length };
}

export interface JudgedSequence extends AnswerSequence {
  /** Whether the beginning of the prompt had to go. */
  readonly promptCut: boolean;
}

/**
 * A conversation to be judged: the answer whole, with its end, and as much of the prompt's end as the context has room for. What
 * was said long before an answer matters least to how good it is, and long conversations are worth their labels too.
 * @returns nothing if the answer alone is longer than the context
 */
export function encodeJudged(
  tokenizer: Tokenizer,
  prompt: readonly Message[],
  text: string,
  context: number,
): JudgedSequence | undefined {
  const [begin = tokenizer.special.bos, ...start] = tokenizer.encodePrompt(prompt);
  const answer = tokenizer.encodeAnswer(text);
  const room = context - 1 - answer.length;
  if (room < Math.min(start.length, leastPrompt)) return undefined;
  const kept = room < start.length ? start.slice(start.length - room) : start;
  return { ids: [begin, ...kept, ...answer], answerStart: 1 + kept.length, promptCut: kept.length < start.length };
}

/** As much of an answer as the model can read: one that is too long by itself is cut, and that is said. */
export function encodeReadable(
  tokenizer: Tokenizer,
  prompt: readonly Message[],
  text: string,
  context: number,
): AnswerSequence & { readonly truncated: boolean } {
  const { special } = tokenizer;
  const whole = encodeJudged(tokenizer, prompt, text, context);
  if (whole) return { ...whole, truncated: false };
  const [begin = special.bos, ...start] = tokenizer.encodePrompt(prompt);
  // The answer alone is too long: its beginning is read, after as little of the prompt as makes sense.
  const ids = [begin, ...start.slice(-leastPrompt), ...tokenizer.encodeAnswer(text)];
  const answerStart = 1 + Math.min(start.length, leastPrompt);
  return { ids: [...ids.slice(0, context - 1), special.eos], answerStart, truncated: true };
}

/** Tokens of the prompt's end without which an answer is not judged: its last turn's marker and a few words. */
const leastPrompt = 4;

/** Whether two conversations are the same tokens: nothing that a model does can tell them apart. */
export function sameSequence(one: AnswerSequence, other: AnswerSequence): boolean {
  return (
    one.answerStart === other.answerStart &&
    one.ids.length === other.ids.length &&
    one.ids.every((id, index) => id === other.ids[index])
  );
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
  const longer = `${count(tooLong)} ${tooLong === 1 ? "is" : "are"} longer than the model's context of ${context} tokens`;
  return `Trained on ${count(used)} of ${counted(used + tooLong, noun)}${tooLong === 0 ? "" : `: ${longer}`}.`;
}
