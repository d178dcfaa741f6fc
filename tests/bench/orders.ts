import { createInterface } from "node:readline";
import { z } from "zod";

const Order = z.strictObject({ seconds: z.number().positive() });

/** The measured program's side of `contender.ts`: it waits for an order, works, and tells. */
export interface Orders {
  /** How long the next round shall last, in seconds. The process ends when no further order comes. */
  next(): Promise<number>;
  ready(label: string): void;
  /** @returns never: the process ends */
  unavailable(why: string): never;
  /** What the round came to, in the row's unit, and what 99 of 100 steps took; the peak of memory is added. */
  tell(value: number, p99Ms?: number): void;
}

export function openOrders(): Orders {
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const say = (message: object) => process.stdout.write(`${JSON.stringify(message)}\n`);
  return {
    async next() {
      const line = await lines.next();
      if (line.done === true) process.exit(0);
      return Order.parse(JSON.parse(line.value)).seconds;
    },
    ready: (label) => say({ ready: label }),
    unavailable(why) {
      say({ unavailable: why });
      process.exit(0);
    },
    // maxRSS is in kilobytes of 1,024 bytes.
    tell: (value, p99Ms) => say({ value, p99Ms, memoryMb: Math.round((process.resourceUsage().maxRSS * 1_024) / 1e6) }),
  };
}
