import type { Comparison, Rating } from "@touchstone/contracts";
import { expect, it } from "vitest";
import { BestAnswers } from "./best-answers.ts";

const origin = { judgementId: "j", annotator: "p", prompt: [{ role: "user" as const, content: "?" }], weight: 1 };
const split = "train";
/** Named by its words; a second answer with the same words has a prime to its name. */
const answer = (completionId: string) => ({ completionId, text: completionId.replace("′", "") });
const compared = (promptId: string, a: string, b: string, outcome: number, bothBad = false): Comparison => ({
  kind: "comparison",
  ...origin,
  split,
  promptId,
  a: answer(a),
  b: answer(b),
  outcome,
  bothBad,
  first: "a",
});
const rated = (promptId: string, completion: string, score: number): Rating => ({
  kind: "rating",
  ...origin,
  split,
  promptId,
  completion: answer(completion),
  score,
});

function best(...forms: (Comparison | Rating)[]) {
  const answers = new BestAnswers((text) => text);
  for (const form of forms) answers.add(form);
  return [...answers.best()].map(({ promptId, completionId }) => `${promptId}:${completionId}`);
}

it("takes the answer with the best mean over comparisons and ratings", () => {
  expect(best(compared("1", "x", "y", 3), compared("1", "y", "x", 1), rated("1", "y", 2))).toEqual(["1:x"]);
  expect(best(rated("1", "x", 4), rated("1", "y", 5), rated("2", "z", 4))).toEqual(["1:y", "2:z"]);
});

it("takes none where nothing was liked: ties, both bad, low ratings", () => {
  expect(best(compared("1", "x", "y", 0), compared("2", "x", "y", 0, true), rated("3", "x", 3))).toEqual([]);
});

it("prefers the answer judged more often among equals", () => {
  expect(best(rated("1", "x", 5), rated("1", "y", 5), rated("1", "y", 5))).toEqual(["1:y"]);
});

it("counts answers with the same words as one, whoever wrote them", () => {
  // Liked as imported, disliked twice when a policy said it again: on balance nothing to imitate.
  const often = [compared("1", "x", "y", 3), compared("1", "x′", "z", -2), compared("1", "z", "x′", 2)];
  expect(best(...often)).toEqual(["1:z"]);
  // Apart each would win only one of its judgements; together they have the better mean.
  expect(best(rated("2", "x", 4), rated("2", "x′", 5), rated("2", "y", 4))).toEqual(["2:x"]);
  expect(best(compared("3", "x", "x′", 3))).toEqual([]);
});
