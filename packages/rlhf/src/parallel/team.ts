/**
 * The threads that share a run. Each is a replica: it runs the very same program on the same request and seed, with an engine
 * and weights of its own, and so reaches the same weights. Only expensive work is shared out, and what came of it is put
 * together again here, in the order of the ranks: the same bits for everyone.
 *
 * Everybody calls the same methods in the same order. What only one thread knows (the time, a cancel, a callback) must
 * therefore never decide whether one of them is called.
 */
export interface Team {
  /** From 0, which is the caller's thread: the only one that reports, saves and may be cancelled. */
  readonly rank: number;
  readonly size: number;
  /** Everybody's value by rank. It is copied as `structuredClone` would. */
  gather<T>(own: T): Promise<T[]>;
  /** Adds up everybody's values in place, in the order of the ranks. Everybody's lists have the same lengths. */
  sum(values: readonly Float32Array[]): Promise<void>;
}

/** One thread that shares with nobody. */
export const alone: Team = { rank: 0, size: 1, gather: async (own) => [own], sum: async () => undefined };

/** What the caller's thread computes, told to the others: for what can't be done twice, such as a caller's own function. */
export async function byTheFirst<T>(team: Team, compute: () => T | Promise<T>): Promise<T> {
  const [first] = await team.gather(team.rank === 0 ? { value: await compute() } : undefined);
  if (!first) throw new Error("the first thread has told nothing");
  return first.value;
}
