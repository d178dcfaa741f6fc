import type { GrowingAnswer } from "../rollout/answer-board.ts";

/**
 * The text of an answer that grows, in pieces that never have to be taken back: a character that is not whole yet, and what may
 * become one of `ends`, are held back until it is known.
 *
 * @param textOf of all tokens so far, up to the first stop string
 * @param ends texts that are no part of an answer where they end it
 */
export function growingText(
  textOf: (tokens: readonly number[]) => string,
  ends: readonly string[],
): { more(answer: Pick<GrowingAnswer, "tokens" | "finishReason">): string } {
  let told = "";
  return {
    more({ tokens, finishReason }) {
      // As answers are kept: storable anywhere.
      const whole = textOf(tokens).replaceAll("\0", "\ufffd");
      const sure = finishReason === undefined ? withoutBeginning(whole, ends) : whole;
      if (!sure.startsWith(told)) return "";
      const more = sure.slice(told.length);
      told = sure;
      return more;
    },
  };
}

/** Less the longest end that one of `ends` begins with, and less broken bytes that the next may mend. */
function withoutBeginning(text: string, ends: readonly string[]): string {
  const sure = text.replace(/\ufffd+$/u, "");
  const longest = Math.max(0, ...ends.map((one) => begunAt(sure, one)));
  return longest === 0 ? sure : sure.slice(0, -longest);
}

/** How many letters of `end` the text ends with. */
function begunAt(text: string, end: string): number {
  for (let length = Math.min(end.length - 1, text.length); length > 0; length--) {
    if (text.endsWith(end.slice(0, length))) return length;
  }
  return 0;
}
