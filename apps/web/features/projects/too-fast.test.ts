import { describe, expect, it } from "vitest";
import { tooFastFor } from "./too-fast.ts";

describe("the mark for too fast", () => {
  it("stands where the median is below the time to read the answers, which it tells", () => {
    expect(tooFastFor({ kind: "person", medianSeconds: 0.7, readingSeconds: 1.7 })).toBe(1.7);
    expect(tooFastFor({ kind: "person", medianSeconds: 6, readingSeconds: 20 })).toBe(20);
    expect(tooFastFor({ kind: "person", medianSeconds: 13, readingSeconds: 1.7 })).toBeNull();
  });

  it("stands below one second whatever the text, and never beside those who are no people or have no time", () => {
    expect(tooFastFor({ kind: "person", medianSeconds: 0.7, readingSeconds: null })).toBe(1);
    expect(tooFastFor({ kind: "imported", medianSeconds: 0.7, readingSeconds: 9 })).toBeNull();
    expect(tooFastFor({ kind: "person", medianSeconds: null, readingSeconds: 9 })).toBeNull();
    expect(tooFastFor({ kind: "person", medianSeconds: 0, readingSeconds: 9 })).toBeNull();
  });
});
