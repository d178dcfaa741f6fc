import { describe, expect, it } from "vitest";
import { compareHref, comparisonOf, mostCompared } from "./compare-address.ts";

const idOf = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, "0")}`;

describe("the address of a comparison", () => {
  it("says what is compared, and is read back as it was", () => {
    const asked = { models: [idOf(1), idOf(2)], runs: [idOf(3)], metric: "heldout.loss", over: "time" } as const;
    const href = compareHref(asked);
    expect(href).toBe(`/models/compare?models=${idOf(1)},${idOf(2)}&runs=${idOf(3)}&metric=heldout.loss&over=time`);
    expect(comparisonOf(Object.fromEntries(new URLSearchParams(href.split("?")[1])))).toEqual(asked);
  });

  it("leaves out what is no id, and whatever is named twice", () => {
    expect(comparisonOf({ models: `${idOf(1)}, ${idOf(1).toUpperCase()},x,`, runs: [idOf(2), idOf(2)] })).toEqual({
      models: [idOf(1)],
      runs: [idOf(2)],
      metric: null,
      over: "steps",
    });
  });

  it("takes six at most, models before runs", () => {
    const many = Array.from({ length: 5 }, (_, at) => idOf(at)).join(",");
    const { models, runs } = comparisonOf({ models: many, runs: `${idOf(8)},${idOf(9)}` });
    expect(models.length + runs.length).toBe(mostCompared);
    expect(runs).toEqual([idOf(8)]);
  });

  it("is the bare page where nothing is chosen, and knows no other scale than its own", () => {
    expect(compareHref({})).toBe("/models/compare");
    expect(comparisonOf({ over: "parsecs", metric: "" })).toEqual({
      models: [],
      runs: [],
      metric: null,
      over: "steps",
    });
  });
});
