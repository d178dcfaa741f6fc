import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SharedReadings, showUntil } from "./shared-readings.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** Readings that are answered when told. */
function told() {
  const waiting: ((value: number) => void)[] = [];
  const work = vi.fn(() => new Promise<number>((resolve) => waiting.push(resolve)));
  return { work, answer: (value: number) => waiting.shift()?.(value) };
}

describe("what is shared", () => {
  it("is read once for all who ask while it is read, and for a second from when that began", async () => {
    const readings = new SharedReadings<number>();
    const { work, answer } = told();
    const asked = Array.from({ length: 50 }, () => readings.read("a", work));
    answer(1);
    expect(await Promise.all(asked)).toEqual(Array.from({ length: 50 }, () => 1));
    await vi.advanceTimersByTimeAsync(990);
    expect(await readings.read("a", work)).toBe(1);
    expect(work).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(20);
    void readings.read("a", work);
    expect(work).toHaveBeenCalledTimes(2);
  });

  it("is read anew once it has changed, after the reading that may not have seen it, and once for all of these", async () => {
    const readings = new SharedReadings<number>();
    const { work, answer } = told();
    const before = readings.read("a b", work);
    readings.forget("a");
    const after = readings.read("a b", work);
    // It has not begun, so it will see this change too.
    readings.forget("a b");
    const last = readings.read("a b", work);
    expect(work).toHaveBeenCalledTimes(1);
    answer(1);
    expect(await before).toBe(1);
    expect(work).toHaveBeenCalledTimes(2);
    answer(2);
    expect(await Promise.all([after, last])).toEqual([2, 2]);
    readings.forget("other");
    expect(await readings.read("a b", work)).toBe(2);
  });

  it("does not keep what failed", async () => {
    const readings = new SharedReadings<number>();
    const failing = () => Promise.reject(new Error("away"));
    await expect(readings.read("a", failing)).rejects.toThrow("away");
    expect(await readings.read("a", async () => 3)).toBe(3);
  });
});

it("shows what took long for four times as long, so that reading takes a fifth of the time at most", () => {
  expect(showUntil(100, 110)).toBe(1_100);
  expect(showUntil(100, 1_100)).toBe(5_100);
});
