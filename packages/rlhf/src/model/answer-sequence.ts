/** A conversation with the answer that is learned from or judged, as token ids. */
export interface AnswerSequence {
  readonly ids: readonly number[];
  /** Index of the answer's first token. */
  readonly answerStart: number;
}

/** How many tokens the answer has. */
export function answerTokens({ ids, answerStart }: AnswerSequence): number {
  return ids.length - answerStart;
}
