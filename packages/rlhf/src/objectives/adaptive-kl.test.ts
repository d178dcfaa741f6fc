import { expect, test } from "vitest";
import { adaptiveKl } from "./adaptive-kl.ts";

test("β .15 at KL 12 with target 6, n 512 and horizon 10,000 becomes .151536", () => {
  expect(adaptiveKl(0.15, 12, 6, 512, 10_000)).toBeCloseTo(0.151536, 9);
});

test("on target the price stays; below it the price falls, never faster than the clip", () => {
  expect(adaptiveKl(0.15, 6, 6, 512, 10_000)).toBe(0.15);
  expect(adaptiveKl(0.15, 0, 6, 512, 10_000)).toBeCloseTo(0.15 * (1 - 0.2 * 0.0512), 12);
});
