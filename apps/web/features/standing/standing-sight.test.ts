import type { ModelStandingView } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { standingCsv } from "./standing-csv.ts";
import { narrowedBy, pairsHref, standingHref, standingOf } from "./standing-filter.ts";
import { axisOf, drawn, leftOf, missingOf, pairsInOrder, placesOf } from "./standing-sight.ts";

const left = {
  leftOut: 0,
  simulated: 0,
  blind: 0,
  chosen: 0,
  unordered: 0,
  unnamed: 0,
  oneModel: 0,
  answersUnnamed: 0,
};
const model = (name: string, value: number, low: number | null, high: number | null) => ({
  model: name,
  strength: { value, low, high },
  preferred: { value: 0.5, low: null, high: null },
  rank: { best: 1, worst: 2 },
  comparisons: 3,
  unbounded: null,
});

describe("what the page of models shows", () => {
  it("draws an end that nothing sets to the edge of an axis that has 0 on it", () => {
    const axis = axisOf([[model("a", 2, 1, null)], [model("b", 1.5, 0.5, 4)]]);
    expect(axis).toEqual({ from: 0, to: 4 });
    expect(drawn({ value: 2, low: 1, high: null }, axis)).toEqual({ value: 2, low: 1, high: 4 });
    expect([placesOf({ best: 2, worst: 2 }), placesOf({ best: 1, worst: 3 })]).toEqual(["2", "1–3"]);
  });

  it("shows each pair from the side of the stronger model, in the order of the table", () => {
    const pair = (a: string, b: string) => ({
      a,
      b,
      wins: 1,
      ties: 2,
      losses: 5,
      winRate: 0.25,
      expected: { wins: 1.5, ties: 2, losses: 4.5, winRate: 0.3125 },
    });
    const groups = [[model("z", 1, 0, 2), model("a", 0, -1, 1), model("m", -1, -2, 0)]];
    const seen = pairsInOrder({ groups, pairs: [pair("a", "m"), pair("a", "z"), pair("m", "z")] });
    expect(seen.map(({ a, b, wins, losses, winRate }) => [a, b, wins, losses, winRate])).toEqual([
      ["z", "a", 5, 1, 0.75],
      ["z", "m", 5, 1, 0.75],
      ["a", "m", 1, 5, 0.25],
    ]);
    expect(seen[0]?.expected).toMatchObject({ wins: 4.5, losses: 1.5, winRate: 0.6875 });
  });

  it("says what is missing first, and what is left out by name", () => {
    const missing = (judgements: number, some: Partial<ModelStandingView["left"]>, narrowed = false) =>
      missingOf({ judgements, left: { ...left, ...some } }, narrowed);
    expect(missing(5, {})).toBeNull();
    expect(missing(0, {})).toBe("nothing");
    expect(missing(0, {}, true)).toBe("narrow");
    expect(missing(0, { unnamed: 3, simulated: 1 })).toBe("unnamed");
    expect(missing(4, { oneModel: 4 })).toBe("oneModel");
    expect(missing(0, { simulated: 2, unordered: 1 })).toBe("kept");
    expect(missing(0, { unordered: 1 })).toBe("unordered");
    expect(leftOf({ left: { ...left, blind: 2 } })).toEqual([{ why: "blind", count: 2 }]);
  });

  it("keeps its filter in the address, and takes along to Browse what Browse knows", () => {
    const filter = standingOf({ language: "en", batch: "2", split: "none", by: "origin", ties: "half", q: "x" });
    expect(filter).toEqual({ language: "en", batch: "2", by: "origin", ties: "half" });
    expect(narrowedBy(filter)).toBe(2);
    expect(standingHref("P", { ...filter, batch: "" })).toBe("/projects/P/models?language=en&ties=half&by=origin");
    const href = pairsHref("P", filter, { model: "a", against: "b&c", preferred: "tie" });
    expect(href).toBe("/projects/P/browse?language=en&model=a&against=b%26c&preferred=tie");
  });

  it("goes out as comma-separated values that no spreadsheet runs, whatever models are called", () => {
    const models = [{ model: "=1+1", name: '=1+1 "x", y', version: null, answers: 4 }];
    const csv = standingCsv({ groups: [[model("=1+1", 0.25, 0, null)]], models }, (name) =>
      name === "=1+1" ? '=1+1 "x", y' : name,
    );
    const [header, row, ...more] = csv.split("\r\n");
    expect(header?.split(",").slice(0, 5)).toEqual(["table", "rank_best", "rank_worst", "model", "model_id"]);
    expect(row).toBe(`1,1,2,"'=1+1 ""x"", y",'=1+1,0.25,0,,0.5,,,3,4`);
    expect(more).toEqual([""]);
  });
});
