import { describe, expect, it } from "vitest";
import { shareOf } from "./job-share.ts";

const begun = { phase: "looking", bytesRead: 0, bytes: 100, rowsRead: 0, rows: null, step: 0, steps: null } as const;

describe("the share of an import that is done", () => {
  it("only grows from phase to phase, and is whole when all is written", () => {
    const rows = { rows: 10, bytesRead: 0 };
    const shares = [
      begun,
      { ...begun, bytesRead: 50 },
      { ...begun, bytesRead: 100 },
      { ...begun, phase: "reading", ...rows },
      { ...begun, phase: "reading", ...rows, rowsRead: 10 },
      { ...begun, phase: "writing", ...rows, step: 0, steps: null },
      { ...begun, phase: "writing", ...rows, step: 4, steps: 8 },
      { ...begun, phase: "writing", ...rows, step: 8, steps: 8 },
    ] as const;
    const told = shares.map(shareOf);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(0)).toBe(0);
    expect(told.at(-1)).toBe(1);
  });

  it("is none of a file without bytes, and no more than all where more came than was counted", () => {
    expect(shareOf({ ...begun, bytes: 0 })).toBe(0);
    expect(shareOf({ ...begun, phase: "writing", step: 9, steps: 8 })).toBe(1);
  });
});
