import { PreferenceSettings, preferenceSteps } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { onScale } from "./on-scale.ts";

const bothBad = { choice: "both-bad" } as const;
const graded = (step: number) => ({ choice: "graded" as const, step });
const settings = (steps: number, takesBothBad = true) => PreferenceSettings.parse({ steps, bothBad: takesBothBad });

describe("a preference on the scale of its question", () => {
  it("is always one of its steps, on the side that was meant", () => {
    for (const [steps, allowed] of Object.entries(preferenceSteps)) {
      for (let step = 1; step <= 7; step++) {
        const said = onScale(graded(step), settings(Number(steps)), "right");
        if (said.choice !== "graded") throw new Error("a step is a step");
        expect(allowed).toContain(said.step);
        if (step !== 4) expect([step, Math.sign(said.step - 4)]).toEqual([step, Math.sign(step - 4)]);
      }
    }
  });

  it("stays what it is where the scale has it, and is else the nearest", () => {
    expect(onScale(graded(3), settings(7), "left")).toEqual(graded(3));
    expect(onScale(graded(4), settings(5), "left")).toEqual(graded(4));
    // As near is the stronger one: the milder it is, on both sides.
    expect(onScale(graded(6), settings(5), "left")).toEqual(graded(5));
    expect(onScale(graded(2), settings(5), "left")).toEqual(graded(3));
    expect(onScale(graded(3), settings(2), "right")).toEqual(graded(2));
  });

  it("goes to the better answer where a tie or “both bad” cannot be said", () => {
    expect(onScale(graded(4), settings(4), "left")).toEqual(graded(3));
    expect(onScale(graded(4), settings(2), "right")).toEqual(graded(6));
    expect(onScale(bothBad, settings(3), "left")).toEqual(bothBad);
    expect(onScale(bothBad, settings(3, false), "left")).toEqual(graded(4));
    expect(onScale(bothBad, settings(6, false), "right")).toEqual(graded(5));
  });
});
