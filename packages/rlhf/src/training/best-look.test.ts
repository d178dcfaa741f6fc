import { expect, test } from "vitest";
import { afterLook, type BestLook, decidingFigure } from "./best-look.ts";

const looks = (metric: string, values: readonly number[], minimumGain = 0) =>
  values.reduce<BestLook | undefined>(
    (best, value, index) => afterLook(best, 10 * (index + 1), metric, value, minimumGain),
    undefined,
  );

test("losses get better downwards, accuracy and reward upwards", () => {
  expect(looks("heldout.loss", [3, 2, 2.5])).toEqual({ metric: "heldout.loss", step: 20, value: 2, missed: 1 });
  expect(looks("heldout.accuracy", [0.5, 0.7, 0.6, 0.7])).toMatchObject({ step: 20, value: 0.7, missed: 2 });
  expect(looks("heldout.reward", [-1, 0, 1])).toMatchObject({ step: 30, missed: 0 });
});

test("a gain that is too small is none, and a figure that is no number is never the best", () => {
  expect(looks("heldout.mse", [1, 0.95, 0.8], 0.1)).toMatchObject({ step: 30, missed: 0 });
  expect(looks("heldout.mse", [1, 0.95], 0.1)).toMatchObject({ step: 10, missed: 1 });
  expect(looks("heldout.loss", [2, Number.NaN])).toMatchObject({ step: 10, missed: 1 });
});

test("each trainer goes by its own figure unless another is named, with or without its prefix", () => {
  const figures = { "heldout.reward": 1, "heldout.loss": 2, "heldout.kl": 3 };
  expect(decidingFigure("sft", {}, figures)).toBe("heldout.loss");
  expect(decidingFigure("rloo", {}, figures)).toBe("heldout.reward");
  expect(decidingFigure("rloo", { metric: "kl" }, figures)).toBe("heldout.kl");
  expect(decidingFigure("reward", {}, figures)).toBeUndefined();
});
