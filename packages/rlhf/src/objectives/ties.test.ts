import { expect, test } from "vitest";
import { sigmoid } from "./logistic.ts";
import { davidson, raoKupper } from "./ties.ts";

test("Davidson at d = 1, ν = .8 gives .539635 / .261844 / .198521", () => {
  const { win, tie, loss } = davidson(1, 0.8);
  expect(win).toBeCloseTo(0.539635, 6);
  expect(tie).toBeCloseTo(0.261844, 6);
  expect(loss).toBeCloseTo(0.198521, 6);
});

test("Rao–Kupper at d = 1, θ = 1.5 gives .644405 / .158645 / .196950", () => {
  const { win, tie, loss } = raoKupper(1, 1.5);
  expect(win).toBeCloseTo(0.644405, 6);
  expect(tie).toBeCloseTo(0.158645, 6);
  expect(loss).toBeCloseTo(0.19695, 6);
  expect(win + tie + loss).toBeCloseTo(1, 12);
});

test("without ties both are Bradley–Terry", () => {
  expect(davidson(0.7, 0).win).toBeCloseTo(sigmoid(0.7), 12);
  expect(raoKupper(0.7, 1).win).toBeCloseTo(sigmoid(0.7), 12);
  expect(raoKupper(0.7, 1).tie).toBe(0);
});
