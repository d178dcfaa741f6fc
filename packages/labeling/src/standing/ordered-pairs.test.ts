import { type Question, standardQuestion } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { orderedPairs } from "./ordered-pairs.ts";
import { roundsOf } from "./rounds.ts";

const asking = (...questions: Question[]) => questions;
const briefly = (pairs: ReturnType<typeof orderedPairs>) =>
  pairs.map(({ one, other, won, first, weight }) => [one, other, won, first, weight]);

describe("the pairs that a judgement puts in order", () => {
  const preference = asking(standardQuestion("preference"));

  it("are one of a preference, however strong, with who stood first; “both bad” is a tie", () => {
    const said = (answer: object, order: number[]) =>
      briefly(orderedPairs(preference, { preference: { ...answer } }, order, 2));
    expect(said({ choice: "graded", step: 3 }, [0, 1])).toEqual([[0, 1, "one", "one", 1]]);
    expect(said({ choice: "graded", step: 1 }, [1, 0])).toEqual([[0, 1, "other", "other", 1]]);
    expect(said({ choice: "graded", step: 4 }, [1, 0])).toEqual([[0, 1, "tie", "other", 1]]);
    expect(said({ choice: "both-bad" }, [0, 1])).toEqual([[0, 1, "tie", "one", 1]]);
  });

  it("are those of a ranking at 2/K each, none of two of the rest, with the order in which each two were shown", () => {
    const questions = asking({ ...standardQuestion("ranking"), settings: { top: 1, ties: true } });
    // Shown as c, a, b: c is the best, the others are the rest.
    const pairs = orderedPairs(questions, { ranking: { ranks: [1, null, null] } }, [2, 0, 1], 3);
    expect(briefly(pairs)).toEqual([
      [2, 0, "one", "one", 2 / 3],
      [2, 1, "one", "one", 2 / 3],
    ]);
  });

  it("are of the best and of the worst, and none of what orders no answers or was not answered", () => {
    const questions = asking(
      standardQuestion("best-worst"),
      { ...standardQuestion("text"), name: "why" },
      { ...standardQuestion("ranking"), name: "order" },
    );
    const pairs = orderedPairs(questions, { "best-worst": { best: 0, worst: 2 }, why: { text: "so" } }, [0, 1, 2], 3);
    expect(pairs.map(({ question }) => question)).toEqual(["best-worst", "best-worst", "best-worst"]);
    expect(pairs.map(({ one, other, won }) => [one, other, won])).toEqual([
      [0, 1, "one"],
      [0, 2, "one"],
      [1, 2, "one"],
    ]);
    expect(orderedPairs(asking(standardQuestion("rating")), { rating: { choice: "rated", score: 5 } }, [0], 1)).toEqual(
      [],
    );
  });
});

describe("rounds in which several meet", () => {
  it.each([2, 3, 4, 5, 6, 7, 8, 9])("let every two of %i meet once, and nobody twice in a round", (count) => {
    const rounds = roundsOf(count);
    const met = rounds.flat().map(([one, other]) => `${one}-${other}`);
    expect(new Set(met).size).toBe((count * (count - 1)) / 2);
    expect(met.length).toBe((count * (count - 1)) / 2);
    for (const round of rounds) {
      expect(round.length).toBe(Math.floor(count / 2));
      expect(new Set(round.flat()).size).toBe(round.length * 2);
    }
  });
});
