import { randomText } from "../random-text.ts";

/** A prompt with two answers, without any markup. */
export interface Pair {
  readonly prompt: string;
  readonly completions: readonly [string, string];
}

/** Of a usual length: answers of some 120 words fill about half a window. */
export function plainPairs(count: number): readonly Pair[] {
  return Array.from({ length: count }, (_, n) => ({
    prompt: `Number ${n}: ${randomText(30, `prompt ${n}`)}?`,
    completions: [randomText(120, `one ${n}`), randomText(120, `other ${n}`)],
  }));
}
