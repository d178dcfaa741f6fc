import { expect, test } from "vitest";
import { freshPicks } from "./fresh-picks.ts";

const answer = (text: string, score: number) => ({ text, score });

test("by hand: what is picked is measured against chance and against its prompt's other answers", () => {
  const picks = freshPicks([
    // The longest, 6 characters of a mean of 3.
    [answer("aaaaaa", 3), answer("bb", 1), answer("cc", 2), answer("cc", 2)],
    // The shortest, 1 of a mean of 2; half of the answers are the longest.
    [answer("d", 5), answer("eee", 1), answer("fff", 2), answer("g", 4)],
    // Two score the same, and either is taken as often: 4 and 2 of a mean of 2.
    [answer("hhhh", 7), answer("ii", 7), answer("j", 0), answer("k", 0)],
  ]);
  expect(picks).toMatchObject({ prompts: 3, answers: 4 });
  expect(picks.different).toBeCloseTo((3 + 4 + 4) / 3, 12);
  expect(picks.longest.value).toBeCloseTo((1 + 0 + 0.5) / 3, 12);
  expect(picks.chance).toBeCloseTo((1 + 2 + 1) / 12, 12);
  expect(picks.longer.value).toBeCloseTo((3 - 1 + 1) / 3, 12);
  // log 4 − ¾
  expect(picks.kl).toBeCloseTo(0.636294, 6);
});

test("a model that picks by length is told from one that does not, and one prompt has no interval", () => {
  const groups = (score: (length: number) => number) =>
    Array.from({ length: 40 }, (_, i) =>
      [1, 2, 3, 4].map((length) => answer("x".repeat(length + (i % 3)), score(length))),
    );
  const byLength = freshPicks(groups((length) => length));
  expect(byLength.longest.low).toBeGreaterThan(byLength.chance);
  expect(byLength.longer.low).toBeGreaterThan(1);
  const shortest = freshPicks(groups((length) => -length));
  expect(shortest.longest.high).toBeLessThan(shortest.chance);
  expect(freshPicks(groups((length) => length).slice(0, 1)).longest).toMatchObject({ value: 1, low: null, high: null });
});
