import { expect, it } from "vitest";
import { splitOf } from "./split.ts";

it("never moves a cluster: these stay where they were first put", () => {
  const placed = ["debate-0", "debate-1", "debate-7", "debate-31", "debate-33", "诗经"].map(splitOf);
  expect(placed).toEqual(["test", "train", "test", "validation", "validation", "train"]);
});

it("gives about 80, 10 and 10 % of many clusters", () => {
  const count = { train: 0, validation: 0, test: 0 };
  for (let index = 0; index < 20_000; index++) count[splitOf(`cluster ${index}`)] += 1;
  expect(count.train / 20_000).toBeCloseTo(0.8, 1.7);
  expect(count.validation / 20_000).toBeCloseTo(0.1, 1.7);
  expect(count.test / 20_000).toBeCloseTo(0.1, 1.7);
});
