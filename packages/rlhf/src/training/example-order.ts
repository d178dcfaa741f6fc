import { seededRandom } from "@touchstone/engine";

/**
 * Which examples each step reads: a fresh permutation every epoch. It is a function of seed and step alone, so the
 * position in the data needs no state beyond the step, and a resumed run reads what the undisturbed one would have read.
 */
export interface ExampleOrder {
  /** Indices of step 1, 2, …; the last ones of an epoch and the first of the next may share a step. */
  at(step: number): number[];
}

/** @param count examples in all, at least 1 */
export function exampleOrder(count: number, batchSize: number, seed: number | string): ExampleOrder {
  if (count < 1) throw new RangeError("an order needs at least one example");
  const indices = Array.from({ length: count }, (_, index) => index);
  let known = { epoch: -1, order: indices };
  const orderOf = (epoch: number) => {
    if (known.epoch !== epoch) known = { epoch, order: seededRandom(`${seed}/order/${epoch}`).shuffle(indices) };
    return known.order;
  };
  return {
    at: (step) =>
      Array.from({ length: batchSize }, (_, offset) => {
        const position = (step - 1) * batchSize + offset;
        return orderOf(Math.floor(position / count))[position % count] ?? 0;
      }),
  };
}

/** Steps that `epochs` passes take. */
export function stepsOf(epochs: number, count: number, batchSize: number): number {
  return Math.max(1, Math.ceil((epochs * count) / batchSize));
}
