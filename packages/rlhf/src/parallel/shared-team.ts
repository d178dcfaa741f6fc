import { deserialize, serialize } from "node:v8";
import type { Team } from "./team.ts";

/**
 * Bytes of a slot. Longer values go over in several turns, so memory stays small; but at each turn all wait for the thread that
 * the machine happens to have put aside, so there should be few.
 */
const slotBytes = 2 ** 22;
const headerBytes = 64;

/** What threads share: two counters, and two sets of one slot a thread. */
export function sharedMemory(size: number): SharedArrayBuffer {
  return new SharedArrayBuffer(headerBytes + 2 * size * slotBytes);
}

/** Sleeps while the word still holds this value, or for less long. @throws Error when the team has fallen apart */
export type Sleep = (words: Int32Array<SharedArrayBuffer>, index: number, value: number) => void | Promise<void>;

/** Places of the counters. */
const [arrived, generation] = [0, 1];

interface Slot {
  readonly bytes: Uint8Array;
  readonly floats: Float32Array;
  /** Bytes of the whole value, of which a part is in the slot. */
  readonly length: Int32Array;
}

/** Joins the threads that hold this memory. @param sleep how this thread waits for the others */
export function joinTeam(memory: SharedArrayBuffer, rank: number, size: number, sleep: Sleep): Team {
  const words = new Int32Array(memory, 0, 2);
  const [even, odd] = [0, 1].map((set) => Array.from({ length: size }, (_, of) => slotAt(memory, set * size + of)));
  let turns = 0;

  /** Nobody leaves before everybody has come. */
  const meet = async () => {
    const now = Atomics.load(words, generation);
    if (Atomics.add(words, arrived, 1) === size - 1) {
      Atomics.store(words, arrived, 0);
      Atomics.add(words, generation, 1);
      Atomics.notify(words, generation);
      return;
    }
    while (Atomics.load(words, generation) === now) await sleep(words, generation, now);
  };

  /**
   * Everybody fills a slot and sees those of all. The sets take turns, so one meeting a turn is enough: whoever fills a set
   * again has met everybody once more since it was read.
   */
  const turn = async (fill: (own: Slot) => void): Promise<readonly Slot[]> => {
    const slots = (turns++ % 2 === 0 ? even : odd) ?? [];
    const own = slots[rank];
    if (!own) throw new RangeError(`there is no rank ${rank} among ${size}`);
    fill(own);
    await meet();
    return slots;
  };

  return {
    rank,
    size,
    async gather<T>(own: T): Promise<T[]> {
      const bytes = serialize(own);
      const received: Uint8Array[] = [];
      let longest = bytes.length;
      for (let start = 0; start === 0 || start < longest; start += slotBytes - headerBytes) {
        const slots = await turn((slot) => {
          slot.length[0] = bytes.length;
          slot.bytes.set(bytes.subarray(start, start + slot.bytes.length));
        });
        for (const [of, slot] of slots.entries()) {
          const length = slot.length[0] ?? 0;
          longest = Math.max(longest, length);
          const whole = received[of] ?? new Uint8Array(length);
          received[of] = whole;
          if (start < length) whole.set(slot.bytes.subarray(0, length - start), start);
        }
      }
      return received.map((whole): T => deserialize(whole));
    },
    async sum(values) {
      for (const pieces of slotFuls(values)) {
        const slots = await turn(({ floats }) => {
          for (const { piece, at } of pieces) floats.set(piece, at);
        });
        for (const { piece, at } of pieces) {
          const all = slots.map(({ floats }) => floats.subarray(at, at + piece.length));
          // The first two terms commute, so whose values are among them leaves these where they are.
          if (rank > 1) piece.set(all[0] ?? []);
          for (const [of, terms] of all.entries()) if (of !== (rank > 1 ? 0 : rank)) addTo(piece, terms);
        }
      }
    },
  };
}

function slotAt(memory: SharedArrayBuffer, index: number): Slot {
  const start = headerBytes + index * slotBytes;
  const content = start + headerBytes;
  return {
    length: new Int32Array(memory, start, 1),
    bytes: new Uint8Array(memory, content, slotBytes - headerBytes),
    floats: new Float32Array(memory, content, (slotBytes - headerBytes) / 4),
  };
}

/** Lists one after the other, cut into what fits a slot, and where in the slot each piece goes. */
function* slotFuls(values: readonly Float32Array[]): Generator<{ piece: Float32Array; at: number }[]> {
  const capacity = (slotBytes - headerBytes) / 4;
  let pieces: { piece: Float32Array; at: number }[] = [];
  let filled = 0;
  for (const list of values) {
    for (let start = 0; start < list.length; ) {
      const piece = list.subarray(start, start + capacity - filled);
      pieces.push({ piece, at: filled });
      start += piece.length;
      filled += piece.length;
      if (filled < capacity) continue;
      yield pieces;
      [pieces, filled] = [[], 0];
    }
  }
  if (pieces.length > 0) yield pieces;
}

function addTo(sums: Float32Array, values: Float32Array): void {
  for (let i = 0; i < sums.length; i++) sums[i] = (sums[i] ?? 0) + (values[i] ?? 0);
}
