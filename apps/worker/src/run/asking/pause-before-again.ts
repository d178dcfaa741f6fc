/** The longest first pause; each later one may be twice as long, up to `longestMs`. */
const firstMs = 1_000;
const longestMs = 60_000;
/** By how much more than an endpoint asks to be spared a pause may be, so that not all come back at one moment. */
const spreadMs = 1_000;
/** More than this is not waited for: the run ends with what there is, and another can be launched later. */
export const longestAskedMs = 10 * 60_000;

/**
 * How long to wait before the same is asked again, in milliseconds: exponential back-off with full jitter (Brooker,
 * "Exponential Backoff and Jitter", 2015), and never less than the endpoint asks for.
 *
 * @param attempts made so far, from 1
 * @param askedMs what the endpoint asked for by Retry-After
 * @param random within [0, 1)
 */
export function pauseBeforeAgain(attempts: number, askedMs: number | null, random: number): number {
  const most = Math.min(longestMs, firstMs * 2 ** (attempts - 1));
  return askedMs === null ? random * most : Math.max(random * most, askedMs + random * spreadMs);
}
