import { refused } from "@touchstone/contracts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { again, UnderWay } from "./under-way.ts";

describe("work that is under way", () => {
  const untilStopped = (stop: AbortController) =>
    new Promise<void>((resolve) => stop.signal.addEventListener("abort", () => resolve()));

  it("is stopped by its id and by the process' end, which waits for it; each leaves once", async () => {
    const underWay = new UnderWay();
    const left: string[] = [];
    for (const id of ["one", "other"]) underWay.begin(id, untilStopped, () => left.push(id));
    underWay.stop("one", refused("importStopped"));
    await vi.waitFor(() => expect(underWay.ids).toEqual(["other"]));
    await underWay.close(refused("processEnded"));
    expect([left, underWay.ids]).toEqual([["one", "other"], []]);
  });
});

describe("what is done again and again", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("waits for the time before, and ends for good, also while one is under way", async () => {
    const waiting: (() => void)[] = [];
    const end = again(100, () => new Promise((resolve) => waiting.push(resolve)));
    await vi.advanceTimersByTimeAsync(1_000);
    expect(waiting).toHaveLength(1);
    waiting[0]?.();
    await vi.advanceTimersByTimeAsync(100);
    expect(waiting).toHaveLength(2);
    end();
    waiting[1]?.();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(waiting).toHaveLength(2);
  });
});
