import { expect, test } from "vitest";
import { penalisedReward } from "../objectives/advantages.ts";
import type { JudgedAnswer } from "../rollout/judged-rollout.ts";
import { experiencesOf, tokenRewards } from "./ppo-experience.ts";

const drawn = (logProbs: number[], referenceLogProbs: number[], reward: number): JudgedAnswer => ({
  prompt: { prompt: [], ids: [1] },
  sequence: { ids: [1, ...logProbs.map(() => 9)], answerStart: 1 },
  answer: { tokens: logProbs.map(() => 9), logProbs, entropy: 1, finishReason: "stop" },
  referenceLogProbs,
  reward,
  ended: true,
});
const settings = { gamma: 1, lambda: 0.95, beta: 0.1, scoreOf: ({ reward }: JudgedAnswer) => reward };
const one = drawn([-1, -2, -0.5], [-2, -2, -1], 3);

test("each token pays for its own KL, and the last one gets the score; together they are RLOO's penalised reward", () => {
  const rewards = tokenRewards(one, settings);
  [-0.1, 0, 3 - 0.05].forEach((expected, t) => {
    expect(rewards[t]).toBeCloseTo(expected, 9);
  });
  const whole = penalisedReward(3, one.answer.logProbs, one.referenceLogProbs, 0.1);
  expect(rewards.reduce((sum, reward) => sum + reward, 0)).toBeCloseTo(whole, 9);
});

test("advantages are whitened over the whole batch, returns are not", () => {
  const experiences = experiencesOf([one, drawn([-1], [-1], -2)], [[0, 0, 0], [0]], settings);
  const all = experiences.flatMap(({ advantages }) => advantages);
  expect(all).toHaveLength(4);
  expect(all.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 9);
  expect(all.reduce((sum, value) => sum + value ** 2, 0) / 4).toBeCloseTo(1, 6);
  // With a critic that knows nothing and λ below 1, the last token's return is what it got.
  expect(experiences[0]?.returns.at(-1)).toBeCloseTo(2.95, 9);
  expect(experiences[1]?.returns).toEqual([-2]);
});
