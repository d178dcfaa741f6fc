import type { AnswerSequence } from "./answer-sequence.ts";
import { type Batch, toBatch } from "./batch.ts";

/**
 * The places of a batch at which the answers' tokens are chosen. Token t is chosen from the hidden state before it, at
 * t − 1; heads are computed there only.
 */
export interface AnswerRows {
  readonly batch: Batch;
  /** Flattened position of the state that each answer token is chosen from, (N). */
  readonly states: Int32Array;
  /** The token chosen there, (N). */
  readonly tokens: Int32Array;
  /** Which sequence each belongs to, (N). */
  readonly sequence: Int32Array;
  /** Whether it is its answer's last token, (N). */
  readonly last: readonly boolean[];
}

/**
 * @param read `inputs` leaves each last token out of the batch: it is only ever a target, so that, as in nanoGPT, a stretch
 * of T + 1 tokens takes T positions. Nothing may be read from the state after it then.
 */
export function answerRows(sequences: readonly AnswerSequence[], read: "all" | "inputs" = "all"): AnswerRows {
  const batch = toBatch(sequences.map(({ ids }) => (read === "all" ? ids : ids.slice(0, -1))));
  const rows = sequences.flatMap(({ ids, answerStart }, sequence) =>
    ids.slice(answerStart).map((token, offset) => ({
      state: sequence * batch.length + answerStart + offset - 1,
      token,
      sequence,
      last: answerStart + offset === ids.length - 1,
    })),
  );
  return {
    batch,
    states: Int32Array.from(rows, (row) => row.state),
    tokens: Int32Array.from(rows, (row) => row.token),
    sequence: Int32Array.from(rows, (row) => row.sequence),
    last: rows.map((row) => row.last),
  };
}

/** Cuts a list into pieces of at most `size`. */
export function piecesOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
