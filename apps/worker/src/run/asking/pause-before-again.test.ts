import { expect, it } from "vitest";
import { pauseBeforeAgain } from "./pause-before-again.ts";

it("draws a pause from nothing up to a bound that doubles, and that ends at a minute", () => {
  const bounds = [1, 2, 3, 4, 5, 6, 7, 8, 20].map((attempts) => pauseBeforeAgain(attempts, null, 0.5) * 2);
  expect(bounds).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  expect(pauseBeforeAgain(5, null, 0)).toBe(0);
});

it("waits as long as the endpoint asks at least, and not all to one moment", () => {
  expect(pauseBeforeAgain(1, 5_000, 0)).toBe(5_000);
  expect(pauseBeforeAgain(1, 5_000, 0.5)).toBe(5_500);
  expect(pauseBeforeAgain(6, 1_000, 0.5)).toBe(16_000);
});
