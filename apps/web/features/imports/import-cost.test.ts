import { expect, it } from "vitest";
import { costOf } from "./import-cost.ts";

it("tells each person's share, at the pace of this project", () => {
  expect(costOf(2_400, 7, 12)).toEqual({ judgements: 2_400, each: 343, secondsEach: 4_116, pace: 12, assumed: false });
});

it("says that a pace is assumed where nobody has judged yet", () => {
  expect(costOf(30, 3, null)).toEqual({ judgements: 30, each: 10, secondsEach: 200, pace: 20, assumed: true });
});

it("is one person's whole work where nobody is there yet", () => {
  expect(costOf(2_400, 0, 10)).toMatchObject({ each: 2_400, secondsEach: 24_000 });
});
