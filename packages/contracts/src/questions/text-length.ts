/** The longest text that somebody writes as an answer, in UTF-16 units: as long as a text of a conversation (`Message`). */
export const longestWritten = 100_000;

/** From how many to how many characters a text has to have. */
export interface LengthBounds {
  readonly minLength: number;
  readonly maxLength: number;
}

/** Why a text cannot be taken. `blank`: nothing of it can be seen. */
export type LengthFault = "blank" | "tooShort" | "tooLong";

/** Characters as people count them: Unicode's code points, so that “𝒜” and most emoji are one. */
export function charactersIn(text: string): number {
  let surrogatePairs = 0;
  for (let unit = 0; unit < text.length; unit++) {
    const code = text.charCodeAt(unit);
    if (code < 0xd800 || code > 0xdbff) continue;
    const next = text.charCodeAt(unit + 1);
    if (next >= 0xdc00 && next <= 0xdfff) surrogatePairs += 1;
  }
  return text.length - surrogatePairs;
}

/** What is wrong with a text's length, by the one rule that page and server have. */
export function lengthFault(text: string, { minLength, maxLength }: LengthBounds): LengthFault | null {
  if (!/[^\s\p{Z}\p{Cc}\p{Cf}]/u.test(text)) return "blank";
  const characters = charactersIn(text);
  if (characters > maxLength || text.length > longestWritten) return "tooLong";
  return characters < minLength ? "tooShort" : null;
}
