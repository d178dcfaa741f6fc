import { describe, expect, it } from "vitest";
import {
  type Bucket,
  draftWith,
  neighbour,
  nextToRank,
  nextToSort,
  readTogether,
  sortOf,
  unrankedIn,
} from "./buckets.ts";

const none = [null, null, null, null, null, null];
const sort: Bucket[] = ["ok", "good", "bad", "good", "ok", "good"];

describe("the first sort of many answers", () => {
  it("is read from a draft as far as that says it, and stays when ranks change", () => {
    expect(sortOf(undefined, 3)).toEqual([null, null, null]);
    expect(sortOf({ ranks: [], sort: ["good", "best", null] }, 3)).toEqual(["good", null, null]);
    expect(draftWith({ ranks: [null, null], sort: ["bad", null], tieNext: true }, [1, null])).toEqual({
      ranks: [1, null],
      sort: ["bad", null],
    });
    expect(draftWith(undefined, [1, 2])).toEqual({ ranks: [1, 2] });
  });

  it("goes on to what lies in no bucket yet, past the end from the first again, and leaves out what has a rank", () => {
    const begun = ["good", null, null, "bad", null, null] as const;
    expect(nextToSort(none, begun, 3)).toBe(4);
    expect(nextToSort([null, null, null, null, 1, null], begun, 3)).toBe(5);
    expect(nextToSort(none, begun, 5)).toBe(1);
    expect(nextToSort(none, sort, 5)).toBeNull();
  });

  it("is ranked bucket by bucket, the best first", () => {
    expect(unrankedIn("good", [null, 1, null, null, null, null], sort)).toEqual([3, 5]);
    expect(nextToRank([null, 1, null, null, null, null], sort, 1)).toBe(3);
    expect(nextToRank([null, 1, null, null, null, 2], sort, 5)).toBe(3);
    expect(nextToRank([null, 1, null, 3, null, 2], sort, 3)).toBe(0);
    expect(nextToRank([4, 1, 6, 3, 5, 2], sort, 4)).toBeNull();
    // Without a sort in the order shown, as a ranking of few goes.
    expect(nextToRank([null, null, null, 1, null, null], none, 3)).toBe(4);
    expect(nextToRank([null, null, null, null, null, 1], none, 5)).toBe(0);
  });

  it("lets one read on in one bucket once all are sorted", () => {
    expect(readTogether(sort, 3)).toEqual([1, 3, 5]);
    expect(readTogether(["good", null, "good"], 0)).toEqual([0, 1, 2]);
    expect(neighbour([1, 3, 5], 5, 1)).toBe(1);
    expect(neighbour([1, 3, 5], 1, -1)).toBe(5);
    expect(neighbour([4], 4, 1)).toBe(4);
  });
});
