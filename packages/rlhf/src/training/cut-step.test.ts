import { expect, test } from "vitest";
import { cutStep } from "./cut-step.ts";

const rows = [1, 2, 3, 4, 5].map((value) => ({ value, weight: value % 2, tokens: value * value }));
type Row = (typeof rows)[number];
const mean = (of: readonly Row[], weigh: (row: Row) => number) => {
  const weight = of.reduce((sum, row) => sum + weigh(row), 0);
  return weight === 0 ? 0 : of.reduce((sum, row) => sum + weigh(row) * row.value, 0) / weight;
};

test.each([
  [1, 1],
  [2, 1],
  [1, 3],
  [2, 4],
])(
  "cut by %i and among %i, the pieces' means add up to the step's, by the share's weights and by others",
  (accumulate, size) => {
    const pieces = cutStep(rows, accumulate, { size }, ({ tokens }) => tokens);
    expect(pieces.flatMap((piece) => piece.rows)).toEqual(rows);
    const byTokens = pieces.reduce((sum, piece) => sum + piece.share * mean(piece.rows, ({ tokens }) => tokens), 0);
    expect(byTokens).toBeCloseTo(
      mean(rows, ({ tokens }) => tokens),
      12,
    );
    const weigh = ({ weight }: Row) => weight;
    const byWeight = pieces.reduce((sum, p) => sum + p.share * p.factor(weigh) * mean(p.rows, weigh), 0);
    expect(byWeight).toBeCloseTo(mean(rows, weigh), 12);
  },
);

test("the whole is one piece of share and factor 1 exactly, and rows that weigh nothing have shares all the same", () => {
  const [whole] = cutStep(rows, 1, { size: 1 }, ({ tokens }) => tokens / 3);
  expect([whole?.share, whole?.factor(({ weight }) => weight / 7)]).toEqual([1, 1]);
  expect(cutStep(rows, 5, { size: 1 }, () => 0).map(({ share }) => share)).toEqual([0.2, 0.2, 0.2, 0.2, 0.2]);
});
