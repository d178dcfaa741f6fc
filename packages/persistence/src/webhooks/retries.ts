/** The first pause after an attempt that failed; each later one is `growth` times as long, up to `longestMs`. */
const firstMs = 5_000;
const growth = 4;
const longestMs = 6 * 3_600_000;

/** With pauses of 5 s, 20 s, 80 s, 5 min, 21 min, 85 min, 5.7 h and then 6 h: the last attempt is about a day after the first. */
export const mostAttempts = 11;

/** By how much a pause is longer or shorter at most, so that what failed together does not come back together. */
const jitter = 0.2;

/**
 * How long to wait after an attempt that failed, in milliseconds.
 *
 * @param attempts made so far, from 1
 * @param askedMs what the receiver asked for by Retry-After; more than the longest pause is not waited
 * @param random within [0, 1)
 */
export function pauseAfter(attempts: number, askedMs: number | null, random: number): number {
  const pause = Math.min(longestMs, firstMs * growth ** (attempts - 1));
  const jittered = pause * (1 + jitter * (2 * random - 1));
  return Math.round(Math.max(jittered, Math.min(askedMs ?? 0, longestMs)));
}
