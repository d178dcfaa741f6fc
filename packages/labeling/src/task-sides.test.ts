import { AnswersTogether } from "@touchstone/contracts";
import { expect, it } from "vitest";
import { sidesOfTasks, unchosenTogether } from "./task-sides.ts";

it.each([
  [3, { least: 0, most: 0 }, [[]]],
  [3, { least: 1, most: 1 }, [[0], [1], [2]]],
  [2, { least: 2, most: 2 }, [[0, 1]]],
  [
    3,
    { least: 2, most: 2 },
    [
      [0, 1],
      [1, 2],
      [2, 0],
    ],
  ],
  [4, { least: 2, most: 9 }, [[0, 1, 2, 3]]],
  [
    10,
    { least: 2, most: 9 },
    [
      [0, 1, 2, 3, 4],
      [5, 6, 7, 8, 9],
    ],
  ],
  [1, { least: 2, most: 9 }, []],
  [0, { least: 1, most: 1 }, []],
  [0, { least: 0, most: 9 }, [[]]],
  [2, { least: 0, most: 9 }, [[0, 1]]],
])("%i answers of which a task shows %o stand together as %j", (answers, shows, tasks) => {
  expect(sidesOfTasks(answers, shows)).toEqual(tasks);
});

it.each([
  [5, { least: 2, most: 9 }, 3, [3, 2]],
  [10, { least: 2, most: 9 }, 4, [4, 3, 3]],
  [4, { least: 2, most: 9 }, 4, [4]],
  // Two are too few for a choice of the best and the worst.
  [5, { least: 3, most: 9 }, 3, [3]],
])(
  "%i answers of which a task shows %o are at most %i at once, in shares that are even",
  (answers, shows, atOnce, sizes) => {
    const sides = sidesOfTasks(answers, shows, { way: "ring", pairs: 3, seed: 1, atOnce });
    expect(sides.map(({ length }) => length)).toEqual(sizes);
    expect(sides.flat()).toEqual(sides.flat().map((_, index) => index));
  },
);

it("without a choice is what a query is that says nothing", () => {
  expect(unchosenTogether).toEqual(AnswersTogether.parse({}));
});
