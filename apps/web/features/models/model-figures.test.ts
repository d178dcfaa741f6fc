import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { messages } from "../../messages/index.ts";
import { figureOrder, figuresOf, labelOf } from "./model-figures.ts";

const trainers = join(import.meta.dirname, "../../../../packages/rlhf/src");

/** Every figure that a trainer's source writes out by its whole name. */
function writtenKeys(): string[] {
  const files = readdirSync(trainers, { recursive: true, encoding: "utf8" });
  const sources = files.filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"));
  const text = sources.map((file) => readFileSync(join(trainers, file), "utf8")).join("\n");
  const keys = [...text.matchAll(/"((?:heldout|baseline|threshold|axis)\.[A-Za-z.]+)"/g)].flatMap(
    ([, key]) => key ?? [],
  );
  return [...new Set(keys)].filter((key) => !/\.(low|high)$/.test(key) && !key.endsWith("."));
}

describe("the figures of a model", () => {
  it("have a name for every key that the trainers write", () => {
    const keys = writtenKeys();
    expect(keys).toContain("heldout.lengthCorrelation");
    expect(keys.filter((key) => labelOf(key).name === null)).toEqual([]);
  });

  it("have their names in every language, and no name too many", () => {
    const names = [...figureOrder.map((key) => key.replaceAll(".", "-")), "aspect", "aspectMean", "delta"].toSorted();
    for (const language of [messages.en, messages.zh])
      expect(Object.keys(language.models.figures).toSorted()).toEqual(names);
  });

  it("stand in the order in which they are read, ends of intervals beside their figure, unknown ones last", () => {
    const figures = figuresOf({
      "mystery.low": 1,
      labels: 3,
      "heldout.accuracy.high": 0.9,
      "heldout.accuracy.low": 0.7,
      "heldout.accuracy": 0.8,
      "heldout.aspect.tone.mse": 1,
      note: "text",
    });
    expect(figures.map(({ key }) => key)).toEqual([
      "heldout.accuracy",
      "labels",
      "heldout.aspect.tone.mse",
      "mystery.low",
    ]);
    expect(figures[0]?.interval).toEqual({ low: 0.7, high: 0.9 });
    expect(figures[2]?.label).toEqual({ name: "aspect", of: "tone" });
  });
});
