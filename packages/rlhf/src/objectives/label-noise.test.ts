import { expect, test } from "vitest";
import { bradleyTerry } from "./bradley-terry.ts";
import { annotatorBradleyTerry, conservativeBradleyTerry, robustBradleyTerry } from "./label-noise.ts";

test("ε = 0.1 at d = 0.9: conservative .431154, robust .228654", () => {
  expect(conservativeBradleyTerry(0.9, 0.1)).toBeCloseTo(0.431154, 6);
  expect(robustBradleyTerry(0.9, 0.1)).toBeCloseTo(0.228654, 6);
});

test("the robust loss averaged over flipped labels is the loss on clean ones", () => {
  for (const d of [-2, 0.3, 1.7]) {
    expect(0.8 * robustBradleyTerry(d, 0.2) + 0.2 * robustBradleyTerry(-d, 0.2)).toBeCloseTo(bradleyTerry(d), 10);
  }
  expect(() => robustBradleyTerry(1, 0.5)).toThrow(RangeError);
});

test("the conservative loss is least at d = log((1 − ε)/ε)", () => {
  const best = Math.log(0.9 / 0.1);
  expect(conservativeBradleyTerry(best, 0.1)).toBeLessThan(conservativeBradleyTerry(best - 0.1, 0.1));
  expect(conservativeBradleyTerry(best, 0.1)).toBeLessThan(conservativeBradleyTerry(best + 0.1, 0.1));
});

test("a perfect annotator is plain Bradley–Terry and a coin-tosser costs log 2 whatever the scores", () => {
  expect(annotatorBradleyTerry(0.9, 1)).toBeCloseTo(bradleyTerry(0.9), 10);
  expect(annotatorBradleyTerry(5, 0.5)).toBeCloseTo(Math.log(2), 10);
});
