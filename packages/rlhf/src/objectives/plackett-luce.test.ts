import { expect, test } from "vitest";
import { bradleyTerry } from "./bradley-terry.ts";
import { plackettLuce } from "./plackett-luce.ts";

test("scores [2,1,0] ranked in that order cost .720868 nats", () => {
  expect(plackettLuce([2, 1, 0])).toBeCloseTo(0.720868, 6);
});

test("the six rankings of three items share out all the probability", () => {
  const rankings = [
    [2, 1, 0],
    [2, 0, 1],
    [1, 2, 0],
    [1, 0, 2],
    [0, 2, 1],
    [0, 1, 2],
  ];
  expect(rankings.reduce((sum, ranking) => sum + Math.exp(-plackettLuce(ranking)), 0)).toBeCloseTo(1, 12);
});

test("a ranking of two is a Bradley–Terry comparison", () => {
  expect(plackettLuce([1.2, 0.3])).toBeCloseTo(bradleyTerry(0.9), 12);
});
