import { Timings } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { noteActivity, noteScroll, noteVisibility, readTiming, startTiming } from "./timing.ts";

describe("timing", () => {
  it("does not count the time behind another window", () => {
    let timing = startTiming(0, true);
    timing = noteVisibility(timing, false, 4_000);
    timing = noteVisibility(timing, true, 60_000);
    expect(readTiming(timing, 61_000)).toMatchObject({ visibleMs: 5_000, activeMs: 5_000 });
  });

  it("stops counting activity half a minute after the last movement, yet goes on counting sight", () => {
    const timing = noteActivity(startTiming(0, true), 10_000);
    expect(readTiming(timing, 100_000)).toMatchObject({ visibleMs: 100_000, activeMs: 40_000 });
  });

  it("keeps the first scroll only, in time of sight", () => {
    let timing = startTiming(1_000, true);
    timing = noteScroll(timing, 3_500);
    timing = noteScroll(timing, 9_000);
    expect(readTiming(timing, 9_000).firstScrollMs).toBe(2_500);
    expect(readTiming(startTiming(0, true), 5_000).firstScrollMs).toBeNull();
  });

  it("goes on from a draft after a reload", () => {
    const draft = readTiming(startTiming(0, true), 7_000);
    expect(readTiming(startTiming(0, true, draft), 2_000)).toMatchObject({ visibleMs: 9_000, activeMs: 9_000 });
  });

  it("counts nothing before the page is in sight, and always says what the contract accepts", () => {
    const hidden = noteActivity(startTiming(0, false), 50_000);
    expect(readTiming(hidden, 50_000)).toEqual({ visibleMs: 0, activeMs: 0, firstScrollMs: null });
    expect(Timings.safeParse(readTiming(startTiming(0, true), 1e12)).success).toBe(true);
  });
});
