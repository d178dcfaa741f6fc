/**
 * Starts Postgres, a second time where the first found the folder taken: killed in the moment after it had started one, a
 * former run left a Postgres that came up only now. The start ends it before the second attempt, since the folder's lock is
 * held by then; whoever takes the folder twice is no leftover, and is told of.
 */
export function despiteLeftover<T>(start: () => Promise<T>): Promise<T> {
  return start().catch((error) => (isTaken(error) ? start() : Promise.reject(error)));
}

const isTaken = (error: unknown): boolean =>
  error instanceof Error && error.message.includes('lock file "postmaster.pid" already exists');
