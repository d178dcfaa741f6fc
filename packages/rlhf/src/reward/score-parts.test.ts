import type { TrainingSpecInput } from "@touchstone/contracts";
import { describe, expect, test } from "vitest";
import { withRestedOn } from "../features/frozen-model.ts";
import type { RewardHead } from "../model/head.ts";
import { aspectRatings, comparisons, engine, freshPolicy, train } from "../trainers/tiny-world.fixture.ts";
import { openScorer } from "./open-scorer.ts";
import type { AnswerScore, Combination } from "./reward-scorer.ts";
import { scoreParts } from "./score-parts.ts";

const prompt = [{ role: "user" as const, content: "q3" }];
const items = ["zzzz", "abca", "", "a, b! C c c."].map((text) => ({ prompt, text }));
const brief = { trainer: "reward", epochs: 1, minimumLabels: 8 } satisfies TrainingSpecInput;
const everything = { ...brief, lexicalBuckets: 256, surface: true } satisfies TrainingSpecInput;

/** Scores with and without their parts, by the same model. */
async function scored(
  settings: TrainingSpecInput,
  data: Parameters<typeof train>[1],
  { combination, rests = false }: { combination?: Combination; rests?: boolean } = {},
): Promise<{ plain: AnswerScore[]; explained: AnswerScore[] }> {
  const { files } = await train(settings, data);
  const scorer = openScorer(engine, rests ? withRestedOn(files, freshPolicy) : files, { combination });
  const plain = await scorer.score(items);
  const explained = await scorer.score(items, undefined, { parts: true });
  scorer.dispose();
  return { plain, explained };
}

const sumOf = ({ parts }: AnswerScore): number => (parts ?? []).reduce((sum, { value }) => sum + value, 0);

/** The parts are the score, and asking for them changes nothing of it. */
function expectParts({ plain, explained }: Awaited<ReturnType<typeof scored>>, names: readonly string[]): void {
  for (const [at, one] of explained.entries()) {
    expect(one.parts?.map(({ part }) => part)).toEqual(names);
    expect(sumOf(one)).toBeCloseTo(one.score, 4);
    expect(one.score).toBe(plain[at]?.score);
    expect(plain[at]).not.toHaveProperty("parts");
  }
  // Parts that are the same for every answer would explain nothing.
  for (const name of names.filter((part) => part !== "constant"))
    expect(new Set(explained.map(({ parts }) => parts?.find(({ part }) => part === name)?.value)).size).toBeGreaterThan(
      1,
    );
}

describe("what a score is the sum of", () => {
  test("of a network with all terms: network, words, length, writing and likelihood", async () => {
    expectParts(await scored(everything, { comparisons }), [
      ...["constant", "network", "words", "length", "surface", "likelihood"],
    ]);
  });

  test("of the default recipe: network and likelihood", async () => {
    expectParts(await scored(brief, { comparisons }), ["constant", "network", "likelihood"]);
  });

  test("of aspects: the same terms, each over all aspects by their weights", async () => {
    const objective = { kind: "per-aspect" as const, weights: { zest: 2, calm: -0.5 } };
    expectParts(await scored({ ...everything, objective }, { ratings: aspectRatings }), [
      ...["constant", "network", "words", "length", "surface", "likelihood"],
    ]);
  });

  const names = ["constant", "network", "words", "length", "likelihood"];
  const several = { ...brief, lexicalBuckets: 64, ensemble: { members: 3, body: "own" } } satisfies TrainingSpecInput;

  test.each(["mean", "worst", "penalised"] as const)("of an ensemble by its %s", async (combine) => {
    const found = await scored(several, { comparisons }, { combination: { combine, penalty: 0.5 } });
    expectParts(found, combine === "penalised" ? [...names, "disagreement"] : names);
    if (combine === "penalised") for (const { parts } of found.explained) expect(parts?.at(-1)?.value).toBeLessThan(0);
  });

  test("of a head on frozen features: a share for each block of the recipe that won", async () => {
    const { plain, explained } = await scored(
      { trainer: "reward", frozen: { context: 24, folds: 3 } },
      { comparisons },
      { rests: true },
    );
    for (const [at, one] of explained.entries()) {
      expect(sumOf(one)).toBeCloseTo(one.score, 9);
      expect(one.score).toBe(plain[at]?.score);
    }
    const [constant, ...blocks] = explained[0]?.parts?.map(({ part }) => part) ?? [];
    expect(constant).toBe("constant");
    expect(new Set(blocks).size).toBe(blocks.length);
    expect(blocks).toContain("states");
  });

  test("of a network alone is nothing: it has no parts", async () => {
    const { explained } = await scored({ ...brief, likelihood: 0 }, { comparisons });
    for (const one of explained) expect(one.parts).toBeNull();
  });
});

describe("known sums", () => {
  const head: RewardHead = {
    ...{ kind: "reward", objective: "bradley-terry", scale: 2, offset: 3 },
    normalisation: { mean: 0, standardDeviation: 1, referenceSet: "none", answers: 0 },
  };
  const member = (...parts: number[]) => ({
    heads: [parts.reduce((sum, value) => sum + value, 0)],
    parts: parts.map((value) => [value]),
  });

  test("a scaled reward of 1 + 4 on an axis that begins at 3 is 3 + 2 + 8", () => {
    expect(scoreParts(head, ["network", "likelihood"], [member(1, 4)])).toEqual([
      { part: "constant", value: 3 },
      { part: "network", value: 2 },
      { part: "likelihood", value: 8 },
    ]);
  });

  // Rewards 5 and 3, centres 4 and 0: aligned 3 and 5, so that the first is the worst; scores 9 and 13, mean 11, variance 8.
  const ensemble = { members: 2, body: "own", combine: "mean", penalty: 0.5, centres: [4, 0] } as const;
  const both = [member(1, 4), member(3, 0)];
  const by = (combine: "mean" | "worst" | "penalised") =>
    scoreParts(
      { ...head, ensemble: { ...ensemble, centres: [...ensemble.centres], combine } },
      ["network", "words"],
      both,
    );

  test("an ensemble’s parts are its members’ means, its worst member’s, or those with what disagreement takes off", () => {
    expect(by("mean")?.map(({ value }) => value)).toEqual([3, 4, 4]);
    expect(by("worst")?.map(({ value }) => value)).toEqual([-1, 2, 8]);
    expect(by("penalised")).toEqual([
      { part: "constant", value: 3 },
      { part: "network", value: 4 },
      { part: "words", value: 4 },
      { part: "disagreement", value: -4 },
    ]);
  });
});
