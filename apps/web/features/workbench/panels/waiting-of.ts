import type { OutboxEntry } from "../outbox/entry.ts";
import type { Standing, Tries } from "../outbox/outbox.ts";

/** Something that is in this browser and not acknowledged. */
export interface Waiting extends Tries {
  readonly entry: OutboxEntry;
  /** The server will not take it. */
  readonly refused: boolean;
  /** Only in this window. */
  readonly unkept: boolean;
}

/** All of a person that waits in this browser, what other windows have made too, in the order of sending. */
export async function waitingOf({ store, memberId, here, kept, unkept, tries, refused }: Standing): Promise<Waiting[]> {
  const stored = await store.entriesOf(memberId).catch(() => []);
  const known = new Set(stored.map(({ key }) => key));
  // One that was put away and is not there any more was sent by another window.
  const others = here.filter(({ key }) => !known.has(key) && !kept.has(key));
  const refusals = new Map(refused.map(({ entry, error }) => [entry.key, error]));
  return [...stored, ...others]
    .toSorted((one, other) => one.madeAt - other.madeAt)
    .map((entry) => ({
      entry,
      ...(tries.get(entry.key) ?? { times: 0 }),
      ...(refusals.has(entry.key) ? { error: refusals.get(entry.key) } : {}),
      refused: refusals.has(entry.key),
      unkept: !store.lasts || unkept.has(entry.key),
    }));
}
