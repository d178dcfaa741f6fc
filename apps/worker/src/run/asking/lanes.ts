/**
 * Works through a list, so many at once. The first that throws ends all others, by the signal that each is given; what it
 * threw is thrown once all have ended, so that nothing goes on behind the caller's back.
 */
export async function inLanes<Item>(
  items: readonly Item[],
  lanes: number,
  signal: AbortSignal,
  work: (item: Item, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const queue = items.values();
  const lane = async () => {
    for (const item of queue) {
      if (either.aborted) return;
      await work(item, either).catch((error: unknown) => failed.abort(error));
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, items.length) }, lane));
  failed.signal.throwIfAborted();
  signal.throwIfAborted();
}
