import { describe, expect, it } from "vitest";
import { changedSettings, roundOf } from "./run-siblings.ts";

const run = (number: number, over: object = {}) => ({
  id: `run-${number}`,
  kind: "reward" as const,
  number,
  seed: 1,
  spec: { epochs: 1, objective: { kind: "bradley-terry" } },
  waitsForId: null,
  ...over,
});

describe("what differs from the run before", () => {
  it("names each changed setting with both values, of the nearest run of the same kind", () => {
    const runs = [
      run(4, { spec: { epochs: 3, objective: { kind: "davidson" } } }),
      run(3, { kind: "sft" }),
      run(2),
      run(1, { seed: 9 }),
    ];
    expect(runs[0] && changedSettings(runs[0], runs)).toEqual([
      { setting: "epochs", before: 1, now: 3 },
      { setting: "objective.kind", before: "bradley-terry", now: "davidson" },
    ]);
    expect(runs[2] && changedSettings(runs[2], runs)).toEqual([{ setting: "seed", before: 9, now: 1 }]);
    expect(runs[3] && changedSettings(runs[3], runs)).toBeNull();
  });
});

describe("the round of a run", () => {
  it("is the number of its first run, and none for a run by itself", () => {
    const runs = [run(1), run(2, { waitsForId: "run-1" }), run(3, { waitsForId: "run-2" }), run(4)];
    expect(runs.map((one) => roundOf(one, runs))).toEqual([1, 1, 1, null]);
  });
});
