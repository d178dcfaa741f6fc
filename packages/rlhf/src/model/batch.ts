import type { AnswerSequence } from "./answer-sequence.ts";

/**
 * Sequences side by side, padded on the right to the longest. Causal attention keeps padding out of every real token, so any
 * id pads as well as another.
 */
export interface Batch {
  /** (rows · length) row-major. */
  readonly ids: Int32Array;
  readonly rows: number;
  readonly length: number;
  /** Tokens of each row without padding. */
  readonly lengths: readonly number[];
}

export function toBatch(sequences: readonly (readonly number[])[]): Batch {
  const lengths = sequences.map((row) => row.length);
  const length = Math.max(1, ...lengths);
  const ids = new Int32Array(sequences.length * length);
  for (const [index, row] of sequences.entries()) ids.set(row, index * length);
  return { ids, rows: sequences.length, length, lengths };
}

/**
 * The tokens of a row that somebody padded with the tokenizer's own token for it, on either side. Reward models take it off first: a row means its tokens, so the
 * side of the padding can never change a score.
 */
export function withoutPadding({ ids, answerStart }: AnswerSequence, pad: number | undefined): AnswerSequence {
  if (pad === undefined) return { ids, answerStart };
  let start = 0;
  let end = ids.length;
  while (start < end && ids[start] === pad) start++;
  while (end > start && ids[end - 1] === pad) end--;
  return { ids: ids.slice(start, end), answerStart: answerStart - start };
}

/** Where each row's last token stands in the flattened batch: the position that a reward model scores. */
export function lastPositions({ lengths, length }: Batch): Int32Array {
  return Int32Array.from(lengths, (count, row) => row * length + Math.max(count - 1, 0));
}
