import { expect, test } from "vitest";
import { ipoLoss, ktoLoss } from "./direct.ts";

test("KTO at β .1, log-ratio 2, z .5 costs .462570 when desirable and .537430 when not", () => {
  expect(ktoLoss(2, true, 0.5, 0.1)).toBeCloseTo(0.46257, 6);
  expect(ktoLoss(2, false, 0.5, 0.1)).toBeCloseTo(0.53743, 6);
});

test("population IPO with p = .8 and τ = .1 settles at h = 3", () => {
  const expected = (h: number) => 0.8 * ipoLoss(h, 0.1) + 0.2 * ipoLoss(-h, 0.1);
  const slope = (expected(3 + 1e-4) - expected(3 - 1e-4)) / 2e-4;
  expect(slope).toBeCloseTo(0, 6);
  expect(expected(3)).toBeLessThan(expected(2.9));
  expect(expected(3)).toBeLessThan(expected(3.1));
});
