import { expect, test } from "vitest";
import { lengthFigures } from "./judged-rollout.ts";

const [first, second] = [1, 2].map((id) => ({ prompt: [], ids: [id] }));
const answer = (prompt: typeof first, length: number, reward: number) => ({
  prompt: prompt ?? { prompt: [], ids: [] },
  reward,
  answer: { tokens: new Array<number>(length).fill(9), logProbs: [], entropy: 0, finishReason: "stop" as const },
});

test("what a token more is rewarded with is measured within each prompt, since rewards of two prompts can't be compared", () => {
  // Half a point a token within both; the second prompt's answers are longer and worse altogether.
  const answers = [answer(first, 2, 1), answer(first, 4, 2), answer(second, 8, -5), answer(second, 10, -4)];
  expect(lengthFigures(answers)).toEqual({ lengthSpread: 1, rewardPerToken: 0.5 });
});

test("answers of one length say nothing of it, and single answers are held against all others", () => {
  expect(lengthFigures([answer(first, 3, 1), answer(first, 3, 2)])).toEqual({ lengthSpread: 0, rewardPerToken: 0 });
  expect(lengthFigures([answer(first, 2, 1), answer(second, 4, 5)])).toEqual({ lengthSpread: 1, rewardPerToken: 2 });
});
