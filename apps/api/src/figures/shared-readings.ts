import { Turns } from "./turns.ts";

/** However often it is asked for and changes, the same thing is read at most this often. */
const quietMs = 1_000;
/** Reading may take at most this share of the time: what is costly to read is read less often. */
const restPerRead = 4;

/** How long what began to be read at `begun` and was there at `ended` may still be shown; in ms of the process's clock. */
export function showUntil(begun: number, ended: number): number {
  return Math.max(begun + quietMs, ended + restPerRead * (ended - begun));
}

interface Reading<Value> {
  readonly value: Promise<Value>;
  /** Whether it may not see any more what changes from now on. */
  readonly hasBegun: () => boolean;
}

/**
 * What is costly to read, read once for all who ask: they join a reading that is under way, or get the last one for a
 * moment longer. What is said to have changed is read anew, by one reading at a time.
 */
export class SharedReadings<Value> {
  private readonly readings = new Map<string, Reading<Value>>();
  private readonly turns = new Turns();

  /** @param work reads it; what it throws all get who have joined, and nobody after them */
  read(name: string, work: () => Promise<Value>): Promise<Value> {
    return (this.readings.get(name) ?? this.begin(name, work)).value;
  }

  /** Nobody who asks from now on is shown what began to be read before, of all whose names begin like this. */
  forget(prefix: string): void {
    for (const [name, { hasBegun }] of this.readings) {
      if (hasBegun() && name.startsWith(prefix)) this.readings.delete(name);
    }
  }

  private begin(name: string, work: () => Promise<Value>): Reading<Value> {
    let begun = Number.POSITIVE_INFINITY;
    const value = this.turns.take(name, () => {
      begun = performance.now();
      return work();
    });
    const drop = () => {
      if (this.readings.get(name) === reading) this.readings.delete(name);
    };
    const reading = { value, hasBegun: () => Number.isFinite(begun) };
    value.then(() => {
      const now = performance.now();
      setTimeout(drop, showUntil(begun, now) - now).unref();
    }, drop);
    this.readings.set(name, reading);
    return reading;
  }
}
