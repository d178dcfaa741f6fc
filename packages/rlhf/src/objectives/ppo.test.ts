import { expect, test } from "vitest";
import { generalisedAdvantages, ppoLoss } from "./ppo.ts";

test("the clipped loss at (A, ratio): (1,1.5) −1.2, (1,.5) −.5, (−1,1.5) 1.5, (−1,.5) .8", () => {
  expect(ppoLoss(1, 1.5)).toBeCloseTo(-1.2, 9);
  expect(ppoLoss(1, 0.5)).toBeCloseTo(-0.5, 9);
  expect(ppoLoss(-1, 1.5)).toBeCloseTo(1.5, 9);
  expect(ppoLoss(-1, 0.5)).toBeCloseTo(0.8, 9);
});

test("GAE of r = [0,0,1], V = [.5,.4,.3], λ = .95, γ = 1 is [.43675, .565, .7], returns [.93675, .965, 1]", () => {
  const { advantages, returns } = generalisedAdvantages([0, 0, 1], [0.5, 0.4, 0.3], 1, 0.95);
  [0.43675, 0.565, 0.7].forEach((expected, t) => {
    expect(advantages[t]).toBeCloseTo(expected, 9);
  });
  [0.93675, 0.965, 1].forEach((expected, t) => {
    expect(returns[t]).toBeCloseTo(expected, 9);
  });
});
