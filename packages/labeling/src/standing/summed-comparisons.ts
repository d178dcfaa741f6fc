import type { ModelComparison } from "./model-comparison.ts";

/** Comparisons that come one by one, kept as sums: equal ones of a prompt (models, outcome, order) are one. */
export class SummedComparisons {
  readonly #sums = new Map<string, { one: Omit<ModelComparison, "weight" | "count">; weight: number; count: number }>();

  add({ a, b, won, first, weight, prompt, count = 1 }: ModelComparison): void {
    const key = JSON.stringify([prompt, a, b, won, first]);
    const sum = this.#sums.get(key);
    if (sum) {
      sum.weight += weight;
      sum.count += count;
    } else {
      this.#sums.set(key, { one: { a, b, won, first, prompt }, weight, count });
    }
  }

  all(): ModelComparison[] {
    return Array.from(this.#sums.values(), ({ one, weight, count }) => ({ ...one, weight, count }));
  }
}
