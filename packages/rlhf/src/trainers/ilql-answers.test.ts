import { expect, test } from "vitest";
import { rewardedWithinPrompts, storedRewards } from "./ilql-answers.ts";
import { answers, demonstrations, train } from "./tiny-world.fixture.ts";

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

const answered = (...rewards: number[]) =>
  rewards.map((reward) => ({ promptId: "p", prompt: [], split: "train" as const, text: "x", reward }));

test("rewards are counted in deviations, whatever their scale: ±1e200 as ±1", () => {
  expect(storedRewards(answered(1, -1))).toEqual([1, -1]);
  expect(storedRewards(answered(1e200, -1e200))).toEqual([1, -1]);
  expect(storedRewards(answered(1e-200, -1e-200))).toEqual([1, -1]);
  expect(storedRewards(answered(0, 0))).toEqual([0, 0]);
  expect(storedRewards(answered(3, -1, 4))).toEqual([3, -1, 4].map((reward) => reward / Math.sqrt(14 / 3)));
});

test("answers without a reward among those with one are named, and a reward model scores all of them", async () => {
  const policy = (await train({ trainer: "sft", epochs: 0.1 }, { demonstrations })).files;
  const mixed = answers.map((answer, index) => (index % 2 ? { ...answer, reward: index } : answer));
  const spec = { trainer: "ilql" as const, epochs: 0.05, samplesPerPrompt: 0, maxNewTokens: 4, evaluationPrompts: 2 };
  const bare = mixed.filter(({ split, reward }) => split === "train" && reward === undefined);
  const refused = train(spec, { answers: mixed }, { policy });
  await expect(refused).rejects.toThrow(
    `Answers without a reward: ${bare.length} of 192, the first of them “${bare[0]?.text}”`,
  );
  const codes: (string | undefined)[] = [];
  const judge = {
    name: "letters",
    score: (items: readonly { text: string }[]) => items.map(({ text }) => text.length),
  };
  await train(spec, { answers: mixed }, { policy }, { judge, onNote: (_, fact) => codes.push(fact?.code) });
  expect(codes).toContain("rewards_not_read");
});
