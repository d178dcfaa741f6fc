import { expect, test } from "vitest";
import { bestOf, interleaved, median, quantile, ratioOf } from "./figures.ts";

test("the median is the middle value, or the mean of the middle two, whatever the order", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 100])).toBe(3.5);
  expect(median([])).toBeNaN();
});

test("a quantile is a value that was measured: of twenty the nineteenth is the 95th, and one outlier is not", () => {
  const twenty = Array.from({ length: 20 }, (_, n) => 20 - n);
  expect([quantile(twenty, 0.5), quantile(twenty, 0.95), quantile(twenty, 1)]).toEqual([10, 19, 20]);
  expect(quantile([...twenty.slice(1), 9_000], 0.95)).toBe(19);
  expect(quantile([7], 0.95)).toBe(7);
  expect(quantile([], 0.95)).toBeNaN();
});

test("more is always better in a ratio: ours over the peer for rates, the peer over ours for times", () => {
  expect(ratioOf("rate", 300, 200)).toBe(1.5);
  expect(ratioOf("time", 300, 200)).toBeCloseTo(2 / 3, 12);
});

test("the best setting has the greatest median of rates and the smallest of times; one lucky round decides nothing", () => {
  const steady = { label: "steady", rounds: [10, 10, 10] };
  const lucky = { label: "lucky", rounds: [9, 9, 99] };
  expect(bestOf("rate", [lucky, steady])).toBe(steady);
  expect(bestOf("time", [steady, lucky])).toBe(lucky);
  expect(bestOf("rate", [])).toBeUndefined();
});

test("contenders are measured by turns, and each gets its own values in order", async () => {
  const order: string[] = [];
  const values = await interleaved(["a", "b"], 3, async (contender, round) => {
    order.push(contender);
    return round * 10 + (contender === "a" ? 1 : 2);
  });
  expect(order.join("")).toBe("ababab");
  expect(values).toEqual([
    [1, 11, 21],
    [2, 12, 22],
  ]);
});
