import { expect, test } from "vitest";
import { lambdaFutures } from "./lambda-returns.ts";

// Two answers: three tokens with the reward 1 at their end, and one token with the reward −2. γ = .9.
const rewards = [0, 0, 1, -2];
const last = [false, false, true, true];
const next = [0.5, 0.3, 9, 9];

test.each([
  ["λ = 0 is the value of the next state", 0, [0.5, 0.3, 0, 0]],
  ["λ = 1 is the answer's own discounted reward", 1, [0.9, 1, 0, 0]],
  // f₂ = .5·.3 + .5·1 = .65, G₂ = .9·.65 = .585, f₁ = .5·.5 + .5·.585 = .5425
  ["λ = ½ is halfway at every token", 0.5, [0.5425, 0.65, 0, 0]],
])("%s, and nothing follows an answer's last token", (_, lambda, expected) => {
  const futures = lambdaFutures(next, rewards, last, 0.9, lambda);
  for (const [t, value] of expected.entries()) expect(futures[t]).toBeCloseTo(value, 6);
});
