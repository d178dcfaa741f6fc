import type { Tokenizer } from "../tokenizer/tokenizer.ts";

/**
 * Watches an answer as it grows for texts that end it. Texts and not ids, since one text has many spellings in tokens and may
 * end in the middle of one.
 */
export interface StopStrings {
  /** Whether the newest token has completed one. */
  completed(tokens: readonly number[]): boolean;
  /** The answer up to the first of them. */
  cut(text: string): string;
}

export function stopStrings(tokenizer: Pick<Tokenizer, "decodeAnswer">, stop: readonly string[]): StopStrings {
  // A token of text is at least a byte, so a stop string that ends in the newest token began within this many; one more, since
  // the beginning of a piece may be taken for the end of a character before it.
  const reach = 1 + Math.max(0, ...stop.map((text) => Buffer.byteLength(text)));
  return {
    completed(tokens) {
      if (stop.length === 0) return false;
      const tail = tokenizer.decodeAnswer(tokens.slice(-reach));
      return stop.some((text) => tail.includes(text));
    },
    cut: (text) =>
      text.slice(0, Math.min(...stop.map((one) => text.indexOf(one)).filter((at) => at >= 0), text.length)),
  };
}
