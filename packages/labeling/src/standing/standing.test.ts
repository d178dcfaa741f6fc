import { describe, expect, it } from "vitest";
import { uniformFrom } from "../seeded-random.ts";
import type { ModelComparison } from "./model-comparison.ts";
import { modelStanding } from "./model-standing.ts";
import { pairwise } from "./pairwise.ts";
import { SummedComparisons } from "./summed-comparisons.ts";

let prompts = 0;
function met(a: string, b: string, won: "a" | "b" | "tie", more: Partial<ModelComparison> = {}): ModelComparison {
  prompts += 1;
  return { a, b, won, first: null, weight: 1, prompt: `p${prompts}`, ...more };
}
const many = (times: number, make: () => ModelComparison) => Array.from({ length: times }, make);
const strengthsOf = (comparisons: readonly ModelComparison[]) =>
  new Map(modelStanding(comparisons).groups.flatMap((group) => group.map((one) => [one.model, one] as const)));

describe("which model wins", () => {
  // Two models, 60 : 30 and 20 ties: θ_x − θ_y = log(60/30), ν = 20/√(60·30), and without ties the variance is 1/60 + 1/30.
  const decided = [...many(60, () => met("x", "y", "a")), ...many(30, () => met("x", "y", "b"))];
  const twenty = many(20, () => met("y", "x", "tie"));

  it("gives two models the log odds that a hand computes, and ties Davidson's ν", () => {
    const { groups, tie, position } = modelStanding([...decided, ...twenty]);
    expect(groups[0]?.map(({ model }) => model)).toEqual(["x", "y"]);
    expect(groups[0]?.[0]?.strength.value).toBeCloseTo(Math.log(2) / 2, 3);
    expect(groups[0]?.[1]?.strength.value).toBeCloseTo(-Math.log(2) / 2, 3);
    expect(Math.exp(tie?.value ?? 0)).toBeCloseTo(20 / Math.sqrt(1800), 2);
    expect(position).toBeNull();
  });

  it("gives independent judgements the interval of the log odds", () => {
    const { strength } = strengthsOf(decided).get("x") ?? expect.fail("x has no place");
    const half = (1.96 * Math.sqrt(1 / 60 + 1 / 30)) / 2;
    expect((strength.high ?? 0) - strength.value).toBeCloseTo(half, 2);
    expect(strength.value - (strength.low ?? 0)).toBeCloseTo(half, 2);
  });

  it("widens the interval when one prompt was judged over and over: ten equal votes are one prompt's", () => {
    const repeated = decided.map((one, index) => ({ ...one, prompt: `q${Math.floor(index / 10)}` }));
    const width = (comparisons: readonly ModelComparison[]) => {
      const { low, high } = strengthsOf(comparisons).get("x")?.strength ?? expect.fail("x has no place");
      return (high ?? 0) - (low ?? 0);
    };
    expect(width(repeated) / width(decided)).toBeGreaterThan(Math.sqrt(10) * 0.95);
  });

  it("recovers strengths, ties and the position's pull from judgements made by the model itself", () => {
    const truth = { p: 0.8, q: 0, r: -0.8 };
    const [delta, nu] = [0.5, 0.6];
    const uniform = uniformFrom(11);
    const names = ["p", "q", "r"] as const;
    const comparisons: ModelComparison[] = [];
    for (let prompt = 0; prompt < 4000; prompt++) {
      const a = names[prompt % 3] ?? "p";
      const b = names[(prompt + 1) % 3] ?? "q";
      const first = uniform() < 0.5 ? "a" : "b";
      const eta = truth[a] - truth[b] + (first === "a" ? delta : -delta);
      const shares = [Math.exp(eta / 2), nu, Math.exp(-eta / 2)] as const;
      const drawn = uniform() * (shares[0] + shares[1] + shares[2]);
      const notA = drawn < shares[0] + shares[1] ? "tie" : "b";
      comparisons.push(met(a, b, drawn < shares[0] ? "a" : notA, { first }));
    }
    const { groups, position, tie } = modelStanding(comparisons);
    expect(groups[0]?.map(({ model }) => model)).toEqual(["p", "q", "r"]);
    for (const { model, strength } of groups[0] ?? []) {
      expect(Math.abs(strength.value - truth[model as keyof typeof truth])).toBeLessThan(0.12);
    }
    expect(Math.abs((position?.value ?? 0) - delta)).toBeLessThan(0.12);
    expect(position?.low ?? 0).toBeGreaterThan(0);
    expect(Math.abs(Math.exp(tie?.value ?? 0) - nu)).toBeLessThan(0.08);
  });

  it("learns the position's pull from a model against itself, which says nothing of strength", () => {
    const same = [
      ...many(75, () => met("x", "x", "a", { first: "a" })),
      ...many(25, () => met("x", "x", "b", { first: "a" })),
    ];
    const { groups, position } = modelStanding(same);
    expect(position?.value).toBeCloseTo(Math.log(3), 2);
    expect(groups[0]?.[0]).toMatchObject({ judgements: 0, unbounded: null });
    expect(groups[0]?.[0]?.strength.value).toBeCloseTo(0, 6);
  });

  it("says that a model which won everything has no upper end, and the other no lower one", () => {
    const standing = strengthsOf(many(8, () => met("best", "worst", "a")));
    expect(standing.get("best")).toMatchObject({ unbounded: "won all", strength: { high: null } });
    expect(standing.get("worst")).toMatchObject({ unbounded: "lost all", strength: { low: null } });
    expect(Number.isFinite(standing.get("best")?.strength.value)).toBe(true);
  });

  it("keeps the others as sharp as they are beside one that lost everything: 0 is the average of those with a strength", () => {
    const alone = strengthsOf(decided).get("x")?.strength;
    const beside = strengthsOf([...decided, ...many(9, () => met("x", "z", "a"))]);
    expect(beside.get("z")).toMatchObject({ unbounded: "lost all" });
    expect(beside.get("x")?.strength.value).toBeCloseTo(alone?.value ?? 0, 2);
    expect(beside.get("x")?.strength.high).toBeCloseTo(alone?.high ?? 0, 1);
  });

  it("keeps models apart that never met, not even through others", () => {
    const { groups } = modelStanding([
      met("a", "b", "a"),
      met("b", "c", "a"),
      met("c", "a", "a"),
      ...many(3, () => met("y", "z", "tie")),
    ]);
    expect(groups.map((group) => group.map(({ model }) => model).sort())).toEqual([
      ["a", "b", "c"],
      ["y", "z"],
    ]);
  });

  it("can't tell a model from its place when it was always shown first: both intervals are wide", () => {
    const { position, groups } = modelStanding([
      ...many(60, () => met("x", "y", "a", { first: "a" })),
      ...many(30, () => met("x", "y", "b", { first: "a" })),
    ]);
    expect((position?.high ?? 0) - (position?.low ?? 0)).toBeGreaterThan(10);
    const { low, high } = groups[0]?.[0]?.strength ?? expect.fail("nobody has a place");
    expect((high ?? 0) - (low ?? 0)).toBeGreaterThan(5);
  });

  it("is empty without judgements", () => {
    expect(modelStanding([])).toEqual({
      groups: [],
      position: null,
      tie: null,
      pairs: [],
      prompts: 0,
      judgements: 0,
    });
  });

  it("counts each pair in the order of the names, whichever way round it was asked", () => {
    expect(
      pairwise([
        met("y", "x", "a"),
        met("x", "y", "a", { weight: 2 }),
        met("x", "y", "tie"),
        met("x", "x", "a"),
        met("y", "z", "b"),
      ]),
    ).toEqual([
      { a: "x", b: "y", wins: 2, losses: 1, ties: 1, winRate: 2.5 / 4 },
      { a: "y", b: "z", wins: 0, losses: 1, ties: 0, winRate: 0 },
    ]);
  });

  // What the model itself expects: three models of known strength, a judge whom the left answer pulls, and ties.
  function judged(seed: number, delta: number, prompts: number): ModelComparison[] {
    const truth = { p: 0.7, q: 0, r: -0.7 };
    const uniform = uniformFrom(seed);
    const names = ["p", "q", "r"] as const;
    return Array.from({ length: prompts }, (_, prompt) => {
      const [a, b] = [names[prompt % 3] ?? "p", names[(prompt + 1) % 3] ?? "q"];
      const first = uniform() < 0.5 ? "a" : "b";
      const eta = truth[a] - truth[b] + (first === "a" ? delta : -delta);
      const drawn = uniform() * (Math.exp(eta / 2) + 0.4 + Math.exp(-eta / 2));
      const notA = drawn < Math.exp(eta / 2) + 0.4 ? "tie" : "b";
      return met(a, b, drawn < Math.exp(eta / 2) ? "a" : notA, { first });
    });
  }

  it("finds the pull of the place, and the strengths beside it, within their intervals about as often as 95 of 100", () => {
    const crowds = Array.from({ length: 60 }, (_, seed) => modelStanding(judged(seed + 1, 0.9, 240)));
    const holds = (interval: { low: number | null; high: number | null } | null | undefined, value: number) =>
      interval !== null && interval !== undefined && (interval.low ?? 0) <= value && value <= (interval.high ?? 0);
    const strengthOf = (standing: (typeof crowds)[number], model: string) =>
      standing.groups[0]?.find((one) => one.model === model)?.strength;
    expect(crowds.filter(({ position }) => holds(position, 0.9)).length).toBeGreaterThanOrEqual(54);
    expect(crowds.filter(({ position }) => holds(position, 0)).length).toBeLessThan(10);
    expect(crowds.filter((one) => holds(strengthOf(one, "p"), 0.7)).length).toBeGreaterThanOrEqual(54);
    expect(crowds.filter((one) => holds(strengthOf(one, "r"), -0.7)).length).toBeGreaterThanOrEqual(54);
  });

  it("is the same of sums as of the judgements one by one", () => {
    const one = judged(3, 0.3, 300).map((game, place) => ({ ...game, prompt: `q${place % 20}` }));
    const sums = new SummedComparisons();
    for (const game of one) sums.add(game);
    expect(sums.all().length).toBeLessThan(one.length);
    const [ofSums, ofAll] = [modelStanding(sums.all()), modelStanding(one)];
    expect(ofSums).toMatchObject({ prompts: 20, judgements: 300 });
    for (const [place, { model, strength, judgements, rank }] of (ofAll.groups[0] ?? []).entries()) {
      const summed = ofSums.groups[0]?.[place];
      expect(summed).toMatchObject({ model, judgements, rank });
      expect(summed?.strength.value).toBeCloseTo(strength.value, 8);
      expect(summed?.strength.low).toBeCloseTo(strength.low ?? 0, 8);
    }
  });

  it("takes each tie as half a win for both where it is told to: the log odds of wins and half the ties", () => {
    const { groups, tie, judgements, pairs } = modelStanding([...decided, ...twenty], { ties: "half" });
    expect(groups[0]?.[0]?.strength.value).toBeCloseTo(Math.log(70 / 40) / 2, 3);
    expect([tie, judgements]).toEqual([null, 110]);
    expect(pairs).toMatchObject([{ wins: 60, losses: 30, ties: 20, winRate: 70 / 110, expected: { ties: 0 } }]);
    expect(pairs[0]?.expected.winRate).toBeCloseTo(70 / 110, 4);
  });

  it("expects of every pair together what was said, since each model's wins are what the strengths are fitted to", () => {
    const { pairs } = modelStanding(judged(5, 0.4, 900));
    const sum = (of: (pair: (typeof pairs)[number]) => number) => pairs.reduce((all, pair) => all + of(pair), 0);
    expect(sum(({ expected }) => expected.ties)).toBeCloseTo(
      sum(({ ties }) => ties),
      1,
    );
    const winsOfP = sum(({ a, wins, losses }) => (a === "p" ? wins - losses : 0));
    expect(sum(({ a, expected }) => (a === "p" ? expected.wins - expected.losses : 0))).toBeCloseTo(winsOfP, 0);
  });

  it("leaves models the places that the judgements can't tell apart", () => {
    const told = modelStanding([
      ...many(80, () => met("best", "x", "a")),
      ...many(20, () => met("best", "x", "b")),
      ...many(80, () => met("best", "y", "a")),
      ...many(20, () => met("best", "y", "b")),
      ...many(10, () => met("x", "y", "a")),
      ...many(9, () => met("x", "y", "b")),
    ]);
    expect(told.groups[0]?.map(({ model, rank }) => [model, rank.best, rank.worst])).toEqual([
      ["best", 1, 1],
      ["x", 2, 3],
      ["y", 2, 3],
    ]);
  });
});
