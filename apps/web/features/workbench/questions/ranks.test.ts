import { describe, expect, it } from "vitest";
import { groupsOf, moved, nextRank, ranksOf, step, tappedRank, withRank } from "./ranks.ts";

describe("ranks while they are typed", () => {
  it("begin with none, and take what a draft says", () => {
    expect(ranksOf(undefined, 3)).toEqual([null, null, null]);
    expect(ranksOf({ ranks: [2, "x", 1] }, 3)).toEqual([2, null, 1]);
  });

  it("are a tie where that is taken, and change hands where not", () => {
    expect(withRank([1, null, null], 2, 1, true)).toEqual([1, null, 1]);
    expect(withRank([1, null, null], 2, 1, false)).toEqual([null, null, 1]);
    expect(withRank([1, null, 2], 0, null, false)).toEqual([null, null, 2]);
  });

  it("go on with the lowest that nobody has", () => {
    expect([nextRank([null, null]), nextRank([1, null]), nextRank([2, 3])]).toEqual([1, 2, 1]);
  });

  it("stand in order, ties together", () => {
    expect(groupsOf([3, 1, null, 1])).toEqual([[1, 3], [0]]);
  });

  it("follow an answer that is dragged", () => {
    expect(moved([1, 2, 3], 2, { to: 0, tie: false })).toEqual([2, 3, 1]);
    expect(moved([1, 2, 3], 0, { to: 2, tie: false })).toEqual([3, 1, 2]);
    expect(moved([1, 1, null], 0, { to: 1, tie: false })).toEqual([2, 1, null]);
    expect(moved([1, 2, 3], 2, { to: 0, tie: true })).toEqual([1, 2, 1]);
  });

  it("follow the arrow keys past one neighbour at a time, and out of a tie first", () => {
    const left = (ranks: (number | null)[], place: number) => moved(ranks, place, step(ranks, place, -1));
    const right = (ranks: (number | null)[], place: number) => moved(ranks, place, step(ranks, place, 1));
    expect([left([1, 2, 3], 2), right([1, 2, 3], 0)]).toEqual([
      [1, 3, 2],
      [2, 1, 3],
    ]);
    expect([left([1, 2, 3], 0), right([1, 2, 3], 2)]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect([left([1, 2, 2], 2), right([1, 1, 2], 0)]).toEqual([
      [1, 3, 2],
      [2, 1, 3],
    ]);
  });

  it("are given by taps in order, and the same one again where the next is to tie", () => {
    expect(tappedRank({ ranks: [2, 1, null] }, [2, 1, null])).toBe(3);
    expect(tappedRank({ ranks: [2, 1, null], tieNext: true }, [2, 1, null])).toBe(2);
    expect(tappedRank({ tieNext: true }, [null, null])).toBe(1);
  });
});
