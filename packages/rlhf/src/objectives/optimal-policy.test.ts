import { expect, test } from "vitest";
import { penalisedReward, rlooAdvantages } from "./advantages.ts";
import { dpoLogit } from "./direct.ts";
import { klDivergence } from "./kl.ts";
import { sigmoid, softmax } from "./logistic.ts";
import { optimalPolicy, policyGradient } from "./optimal-policy.ts";

const bandit = { reference: [0.5, 0.3, 0.2], rewards: [1, 0, -1], beta: 0.5 };
const known = [0.918672, 0.074597, 0.00673];
const start = bandit.reference.map(Math.log);

function ascend(gradient: (logits: readonly number[]) => readonly number[], rate: number, steps: number): number[] {
  let logits = start;
  for (let step = 0; step < steps; step++) {
    const g = gradient(logits);
    logits = logits.map((logit, i) => logit + rate * (g[i] ?? 0));
  }
  return softmax(logits);
}

function expectPolicy(actual: readonly number[], digits: number): void {
  known.forEach((p, i) => {
    expect(actual[i]).toBeCloseTo(p, digits);
  });
}

test("π* is [.918672, .074597, .006730] at KL .432205", () => {
  const best = optimalPolicy(bandit);
  expectPolicy(best, 6);
  expect(klDivergence(best, bandit.reference)).toBeCloseTo(0.432205, 6);
});

test("the exact policy gradient ends at π*", () => {
  expectPolicy(
    ascend((logits) => policyGradient(logits, bandit), 1, 5000),
    5,
  );
});

test("expected RLOO with k1 inside the reward, over every pair of answers, ends at π*", () => {
  const gradient = (logits: readonly number[]) => {
    const policy = softmax(logits);
    const rewards = policy.map((p, a) =>
      penalisedReward(bandit.rewards[a] ?? 0, [Math.log(p)], [Math.log(bandit.reference[a] ?? 0)], bandit.beta),
    );
    const sum = policy.map(() => 0);
    policy.forEach((p, a) => {
      policy.forEach((q, b) => {
        const [first = 0, second = 0] = rlooAdvantages([rewards[a] ?? 0, rewards[b] ?? 0]);
        // ∇ log π(a) = 1(i = a) − π_i, weighted by the chance of drawing this pair
        policy.forEach((pi, i) => {
          const scores = first * (Number(i === a) - pi) + second * (Number(i === b) - pi);
          sum[i] = (sum[i] ?? 0) + (p * q * scores) / 2;
        });
      });
    });
    return sum;
  };
  expectPolicy(ascend(gradient, 1, 5000), 5);
});

test("population DPO on Bradley–Terry preferences ends at π*", () => {
  const gradient = (logits: readonly number[]) => {
    const logRatio = softmax(logits).map((p, a) => Math.log(p / (bandit.reference[a] ?? 0)));
    return logits.map((_, a) =>
      logits.reduce((sum, _other, b) => {
        if (a === b) return sum;
        const preferred = sigmoid((bandit.rewards[a] ?? 0) - (bandit.rewards[b] ?? 0));
        const predicted = sigmoid(dpoLogit(logRatio[a] ?? 0, logRatio[b] ?? 0, bandit.beta));
        return sum + bandit.beta * (preferred - predicted);
      }, 0),
    );
  };
  expectPolicy(ascend(gradient, 0.5, 5000), 5);
});
