import { expect, test } from "vitest";
import { rewardedWithinPrompts } from "./ilql-answers.ts";

const sequence = { ids: [1, 2], answerStart: 1 };
const scored = (promptId: string, score: number) => ({ sequence, promptId, score });

test("rewards are counted from the mean of the prompt's answers, wherever these stand", () => {
  const answers = [scored("easy", 10), scored("hard", -4), scored("easy", 12), scored("hard", -8), scored("easy", 14)];
  expect(rewardedWithinPrompts(answers).map(({ reward }) => reward)).toEqual([-2, 2, 0, -2, 2]);
});

test("a constant added to one prompt's scores changes nothing", () => {
  const shifted = (by: number) =>
    rewardedWithinPrompts([scored("a", 1 + by), scored("a", 3 + by), scored("b", 0), scored("b", 1)]);
  expect(shifted(100)).toEqual(shifted(0));
});

test("the only answer to a prompt is counted from the mean of all", () => {
  const answers = [scored("alone", 6), scored("pair", 1), scored("pair", 2)];
  expect(rewardedWithinPrompts(answers).map(({ reward }) => reward)).toEqual([3, -0.5, 0.5]);
});
