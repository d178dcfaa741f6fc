import { openEngine } from "@touchstone/engine";
import { expect, test } from "vitest";
import { dpoBatchLoss, dpoLogit, ipoBatchLoss, ipoLoss, ktoBatchLoss, ktoLoss } from "./direct.ts";

const { tf } = await openEngine();
const row = (...values: number[]) => tf.tensor1d(values);
const numberOf = (scalar: { dataSync(): ArrayLike<number> }) => scalar.dataSync()[0] ?? Number.NaN;

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

test("over a batch, DPO is Bradley–Terry on β times the log-ratios, a tie half a win for each side", () => {
  const pair = (chosen: number, rejected: number) => -Math.log(1 / (1 + Math.exp(-dpoLogit(chosen, rejected, 0.1))));
  const loss = dpoBatchLoss(tf, row(9, 1, 2), row(0, 3, -1), row(1, 0, 0.5), row(1, 1, 1), 0.1);
  expect(pair(9, 0)).toBeCloseTo(0.341154, 6);
  expect(numberOf(loss)).toBeCloseTo((pair(9, 0) + pair(3, 1) + (pair(2, -1) + pair(-1, 2)) / 2) / 3, 5);
  expect(numberOf(dpoBatchLoss(tf, row(9, 1), row(0, 3), row(1, 0), row(1, 0), 0.1))).toBeCloseTo(0.341154, 5);
});

test("over a batch, IPO looks from the winner's side and leaves ties out", () => {
  const loss = ipoBatchLoss(tf, row(2, 1, 5), row(0.5, 4, 0), row(1, -1, 0), row(1, 3, 1), 0.1);
  expect(numberOf(loss)).toBeCloseTo((ipoLoss(1.5, 0.1) + 3 * ipoLoss(3, 0.1)) / 4, 4);
  expect(numberOf(ipoBatchLoss(tf, row(3), row(0), row(1), row(1), 1 / 6))).toBeCloseTo(0, 6);
  expect(numberOf(ipoBatchLoss(tf, row(3), row(0), row(0), row(1), 0.1))).toBe(0);
});

test("over a batch, KTO weighs wanted and unwanted answers apart", () => {
  const loss = ktoBatchLoss(tf, row(2, 2, 7), row(1, -1, 1), row(1, 3, 0), 0.5, 0.1);
  expect(numberOf(loss)).toBeCloseTo((0.46257 + 3 * 0.53743) / 4, 5);
});
