import { describe, expect, it } from "vitest";
import { uniformFrom } from "../seeded-random.ts";
import { largestWealth, lowerBound, stakeFractions } from "./betting.ts";
import { type CrowdOptions, simulatedCrowd } from "./crowd-simulation.ts";
import { blindWinRate, type JudgedPrompt, winRateVerdict } from "./win-rate.ts";

const margin = 0.05;
const done = (...scores: number[]): JudgedPrompt => ({ wanted: scores.length, scores });
const crowd = (options: Partial<CrowdOptions>) =>
  simulatedCrowd({
    seed: 1,
    prompts: 60,
    overlap: 2,
    annotators: 5,
    advantage: 0,
    balanced: true,
    abandoned: 0.05,
    ...options,
  });

/** Judgements of a crowd whose candidate wins with the given chance, independently. */
function coins(seed: number, prompts: number, rate: number): JudgedPrompt[] {
  const uniform = uniformFrom(seed);
  return Array.from({ length: prompts }, () => done(uniform() < rate ? 1 : 0));
}

describe("blind win rate", () => {
  it("calls equal policies better or worse in at most 5 % of 2,000 evaluations watched after every judgement by correlated annotators", () => {
    let wrong = 0;
    let looks = 0;
    for (let seed = 1; seed <= 2_000; seed++) {
      let ever = false;
      const options = { seed, prompts: 40 + (seed % 3) * 30, annotators: 2 + (seed % 6), balanced: seed % 2 === 0 };
      for (const prompts of crowd(options)) {
        looks += 1;
        const verdict = winRateVerdict(prompts, { margin });
        ever ||= verdict === "better" || verdict === "worse";
      }
      if (ever) wrong += 1;
    }
    expect(looks).toBeGreaterThan(200_000);
    expect(wrong / 2_000).toBeLessThanOrEqual(0.05);
    // A method that never speaks would pass too.
    expect(wrong).toBeGreaterThan(0);
  });

  it("misses the true rate, at any look, in at most 5 % of 1,000 evaluations of unequal policies", () => {
    const rate = 0.7;
    let missed = 0;
    for (let seed = 1; seed <= 1_000; seed++) {
      const wins = coins(seed, 150, rate).map(({ scores }) => scores[0] ?? 0);
      const losses = wins.map((win) => 1 - win);
      // The largest wealth covers every look up to the last.
      const refuted = (values: number[], m: number) => largestWealth(values, m, stakeFractions(150, 0.025)) >= 40;
      if (refuted(wins, rate) || refuted(losses, 1 - rate)) missed += 1;
    }
    expect(missed).toBeLessThanOrEqual(50);
  });

  it("finds a true rate of .65 over 150 single judgements better in at least 80 % of evaluations", () => {
    const found = Array.from({ length: 200 }, (_, seed) => winRateVerdict(coins(seed + 1, 150, 0.65), { margin }));
    expect(found.filter((verdict) => verdict === "better").length).toBeGreaterThanOrEqual(160);
    expect(found).not.toContain("worse");
  });

  it("says better exactly when the interval lies above one half, at every look", () => {
    for (const [seed, advantage] of [
      [1, 0.6],
      [2, -0.6],
      [3, 0],
    ] as const) {
      let look = 0;
      for (const prompts of crowd({ seed, advantage, prompts: 80 })) {
        look += 1;
        if (look % 7 !== 0) continue;
        const { estimate, verdict } = blindWinRate(prompts, { margin });
        const { low, high, value } = estimate ?? { low: 0, high: 1, value: 0.5 };
        expect(low).toBeLessThanOrEqual(value);
        expect(high).toBeGreaterThanOrEqual(value);
        // The ends are found to 2⁻³⁰.
        expect(verdict === "better").toBe(low > 0.5 + 1e-8);
        expect(verdict === "worse").toBe(high < 0.5 - 1e-8);
      }
    }
  });

  it("calls many even judgements no meaningful difference, and few not yet known", () => {
    const even = (prompts: number) => Array.from({ length: prompts }, () => done(1, 0));
    expect(blindWinRate(even(400), { margin }).verdict).toBe("no meaningful difference");
    expect(blindWinRate(even(10), { margin }).verdict).toBe("not yet known");
  });

  it("counts missing judgements against each bound, so that an unfinished prompt never narrows the interval", () => {
    const prompts = coins(5, 60, 0.8);
    const half = prompts.map(({ scores }) => ({ wanted: 2, scores }));
    const finished = prompts.map(({ scores }) => ({ wanted: 2, scores: [...scores, ...scores] }));
    const width = (judged: readonly JudgedPrompt[]) => {
      const { estimate } = blindWinRate(judged, { margin });
      return (estimate?.high ?? 1) - (estimate?.low ?? 0);
    };
    expect(width(half)).toBeGreaterThan(width(finished));
    const waiting = { wanted: 2, scores: [] };
    expect(width([...prompts.slice(0, 59), waiting])).toBeGreaterThanOrEqual(width(prompts));
  });

  it("tells nothing of an open prompt but that it was judged: the figures are those of prompts that wait", () => {
    const prompts = coins(5, 60, 0.8);
    const tail = (change: Partial<JudgedPrompt>) => [
      ...prompts.slice(0, 40),
      ...prompts.slice(40).map((prompt) => ({ ...prompt, ...change })),
    ];
    const open = blindWinRate(tail({ open: true }), { margin });
    const waiting = blindWinRate(tail({ scores: [] }), { margin });
    expect(open).toEqual({ ...waiting, judged: 60, judgements: 60 });
    expect(open.estimate).not.toEqual(blindWinRate(prompts, { margin }).estimate);
    expect(winRateVerdict(tail({ open: true }), { margin })).toBe(waiting.verdict);
  });

  it("knows nothing before the first judgement", () => {
    expect(blindWinRate([{ wanted: 2, scores: [] }], { margin })).toMatchObject({
      estimate: null,
      verdict: "not yet known",
      judged: 0,
      total: 1,
    });
  });
});

describe("betting", () => {
  it("reaches a wealth of k with chance 1/k at most, over all equally likely sequences of ten", () => {
    const length = 10;
    const reached = Array.from({ length: 2 ** length }, (_, bits) =>
      largestWealth(
        Array.from({ length }, (_, index) => (bits >> index) & 1),
        0.5,
        stakeFractions(length, 0.05),
      ),
    );
    // Ville's inequality, by enumeration.
    for (const bar of [2, 5, 20]) {
      expect(reached.filter((wealth) => wealth >= bar).length / reached.length).toBeLessThanOrEqual(1 / bar);
    }
  });

  it("bounds the mean of a hundred straight wins well above one half, and of none at 0", () => {
    const fractions = stakeFractions(100, 0.025);
    expect(lowerBound(Array(100).fill(1), 0.025, fractions)).toBeGreaterThan(0.9);
    expect(lowerBound(Array(100).fill(0), 0.025, fractions)).toBe(0);
  });
});

describe("prompts with equal answers", () => {
  const judged = (wins: number, losses: number): JudgedPrompt[] =>
    Array.from({ length: wins + losses }, (_, i) => ({
      wanted: 1,
      scores: [i % 4 < (4 * wins) / (wins + losses) ? 1 : 0],
    }));

  it("draw the rate and both ends of its interval towards one half by their share", () => {
    const alone = blindWinRate(judged(75, 25), { margin: 0.05 }).estimate;
    const mixed = blindWinRate(judged(75, 25), { margin: 0.05, identical: 100 }).estimate;
    expect(alone?.value).toBeCloseTo(0.75, 10);
    expect(mixed?.value).toBeCloseTo(0.625, 10);
    expect(mixed?.low).toBeCloseTo(0.5 + ((alone?.low ?? 0) - 0.5) / 2, 10);
    expect(mixed?.high).toBeCloseTo(0.5 + ((alone?.high ?? 0) - 0.5) / 2, 10);
  });

  it("are no estimate by themselves: where nobody was asked, nothing is known", () => {
    expect(blindWinRate([], { margin: 0.05, identical: 40 })).toMatchObject({
      estimate: null,
      verdict: "not yet known",
      judged: 40,
      total: 40,
    });
    expect(blindWinRate([{ wanted: 2, scores: [] }], { margin: 0.05, identical: 39 }).estimate).toBeNull();
  });
});
