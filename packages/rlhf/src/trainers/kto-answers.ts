import type { Comparison, DirectObjective } from "@touchstone/contracts";
import type { AnswerSequence } from "../model/answer-sequence.ts";
import type { ComparisonExample } from "../reward/comparison-examples.ts";
import { encodeConversation } from "../reward/labelled-answers.ts";
import type { Tokenizer } from "../tokenizer/tokenizer.ts";
import type { UnpairedAnswer } from "../training/request.ts";

export type KtoObjective = Extract<DirectObjective, { kind: "kto" }>;

/** An answer and what people said of it. */
export interface KtoAnswer {
  readonly sequence: AnswerSequence;
  /** 1 where it was wanted, −1 where it was not, 0 for a plain tie, which says nothing of either answer. */
  readonly wanted: -1 | 0 | 1;
  readonly weight: number;
}

/** What a batch counts as one: both answers of a comparison, or one that was judged alone. */
export interface KtoRow {
  readonly promptId: string;
  readonly answers: readonly KtoAnswer[];
}

/** Both answers of a comparison. Both bad: neither was wanted. */
export function rowOfComparison({ label, a, b }: ComparisonExample): KtoRow {
  const { promptId, weight } = label;
  const way = wayOf(label);
  return {
    promptId,
    answers: [
      { sequence: a, wanted: label.bothBad ? -1 : way, weight },
      { sequence: b, wanted: label.bothBad ? -1 : opposite(way), weight },
    ],
  };
}

/** Nothing if it does not fit the model's context. */
export function rowOfAnswer(
  { promptId, prompt, text, wanted }: UnpairedAnswer,
  tokenizer: Tokenizer,
  context: number,
): KtoRow | undefined {
  const sequence = encodeConversation(tokenizer, prompt, text, context);
  return sequence && { promptId, answers: [{ sequence, wanted: wanted ? 1 : -1, weight: 1 }] };
}

/** λ of an answer, times what its judgement counts; 0 leaves it out. */
export function ktoWeight({ desirable, undesirable }: KtoObjective, { wanted, weight }: KtoAnswer): number {
  if (wanted === 0) return 0;
  return weight * (wanted > 0 ? desirable : undesirable);
}

/** All first answers, then the second ones. */
export function answersOf(rows: readonly KtoRow[]): KtoAnswer[] {
  const side = (place: number) => rows.flatMap(({ answers }) => answers[place] ?? []);
  return [...side(0), ...side(1)];
}

/**
 * Each answer of a batch under the prompt of another row: what estimates KL(π‖ref) without new samples (Ethayarajh et al.
 * 2024, §4.1). The other row is the next one of the batch, and after its last one of all, whose prompt is another: under its
 * own prompt an answer would be held against itself.
 *
 * @param all rows in an order that does not change; there are at least two prompts among them
 */
export function mismatchedAnswers(batch: readonly KtoRow[], all: readonly KtoRow[], context: number): AnswerSequence[] {
  return batch.flatMap((row, index) => {
    const following = [...batch.slice(index + 1), ...batch.slice(0, index)];
    const isOther = (other: KtoRow) => !isSamePrompt(row, other);
    const partner = following.find(isOther) ?? all.find(isOther);
    return row.answers.flatMap(({ sequence }, side) => {
      const other = partner?.answers[side] ?? partner?.answers[0];
      return other ? [underPromptOf(sequence, other.sequence, context)] : [];
    });
  });
}

/** Whether all rows are to one prompt, so that no answer can be put under another. */
export function isOfOnePrompt(rows: readonly KtoRow[]): boolean {
  const [first] = rows;
  return first === undefined || rows.every((row) => isSamePrompt(first, row));
}

function isSamePrompt(one: KtoRow, other: KtoRow): boolean {
  if (one.promptId === other.promptId) return true;
  const [mine, theirs] = [promptOf(one), promptOf(other)];
  return mine.length === theirs.length && mine.every((id, index) => id === theirs[index]);
}

function promptOf({ answers: [first] }: KtoRow): readonly number[] {
  return first ? first.sequence.ids.slice(0, first.sequence.answerStart) : [];
}

function underPromptOf({ ids, answerStart }: AnswerSequence, other: AnswerSequence, context: number): AnswerSequence {
  const prompt = other.ids.slice(0, other.answerStart);
  return { ids: [...prompt, ...ids.slice(answerStart)].slice(0, context), answerStart: prompt.length };
}

function wayOf({ outcome }: Comparison): -1 | 0 | 1 {
  if (outcome === 0) return 0;
  return outcome > 0 ? 1 : -1;
}

function opposite(way: -1 | 0 | 1): -1 | 0 | 1 {
  if (way === 0) return 0;
  return way > 0 ? -1 : 1;
}
