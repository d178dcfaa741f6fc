import { ApiError, ConnectionError } from "@touchstone/api-client";
import type { OutboxEntry } from "./entry.ts";

/**
 * What a failed sending means. `offline`: nobody answered, so wait for the connection. `later`: the server asks for
 * time. `signed-out`: send after the next sign-in. `refused`: it will never be taken; the person must know.
 * `pointless`: refused, and nothing is lost by it.
 */
export type Failure = "offline" | "later" | "signed-out" | "refused" | "pointless";

const signedOut: ReadonlySet<string> = new Set(["unauthenticated", "account_disabled", "csrf_failed"]);

export function failureOf(error: unknown, entry: OutboxEntry): Failure {
  if (error instanceof ConnectionError) return "offline";
  // An answer that we could not read: the same key, sent again, is answered with the same judgement.
  if (!(error instanceof ApiError) || error.retry) return "later";
  if (signedOut.has(error.code)) return "signed-out";
  // A skip of a lease that is nobody's has happened by itself, and leaves nothing but what was noted along with it. Any answer
  // is told: what was judged in another window, or on another device, has another one.
  return entry.kind === "skip" && !entry.note?.flagged && !entry.note?.comment ? "pointless" : "refused";
}

/** One second, doubled with each failure, half a minute at most: short cuts mend at once, long ones cost nothing. */
export function waitBeforeRetryMs(failures: number): number {
  return Math.min(30_000, 1_000 * 2 ** Math.max(0, failures - 1));
}
