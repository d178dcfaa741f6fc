import { expect, it } from "vitest";
import { mostAttempts, pauseAfter } from "./retries.ts";

const attempts = Array.from({ length: mostAttempts - 1 }, (_, n) => n + 1);
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);

it("tries for about a day, with pauses that grow, and never all at one moment", () => {
  const middle = attempts.map((attempt) => pauseAfter(attempt, null, 0.5));
  expect(middle).toEqual([...middle].sort((a, b) => a - b));
  expect(sum(middle) / 3_600_000).toBeGreaterThan(22);
  expect(sum(middle) / 3_600_000).toBeLessThan(32);
  for (const attempt of attempts) {
    const [least, most] = [pauseAfter(attempt, null, 0), pauseAfter(attempt, null, 0.999)];
    expect(least).toBeLessThan(most);
    expect(most / least).toBeLessThan(1.51);
  }
});

it("waits as long as the receiver asks, within the longest pause", () => {
  expect(pauseAfter(1, 60_000, 0.5)).toBe(60_000);
  expect(pauseAfter(1, 1, 0.5)).toBe(5_000);
  expect(pauseAfter(1, 10 ** 12, 0.5)).toBe(6 * 3_600_000);
});
