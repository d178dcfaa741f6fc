import { describe, expect, it } from "vitest";
import { type Mark, marked, secondsLeft } from "./pace.ts";

const after = (...marks: Mark[]) => marks.reduce<readonly Mark[]>((all, mark) => marked(all, mark), []);

describe("the time that is left", () => {
  it("is not told before a second has shown how fast it goes, nor while nothing moves", () => {
    expect(secondsLeft([], 100)).toBeNull();
    expect(secondsLeft(after({ at: 0, done: 0 }, { at: 900, done: 50 }), 100)).toBeNull();
    expect(secondsLeft(after({ at: 0, done: 50 }, { at: 5_000, done: 50 }), 100)).toBeNull();
  });

  it("goes by the pace of the last seconds, not by that of the whole time", () => {
    const slowThenFast = after({ at: 0, done: 0 }, { at: 60_000, done: 60 }, { at: 62_000, done: 100 });
    expect(secondsLeft(slowThenFast, 200)).toBe(5);
  });

  it("begins anew where less is there than was: a connection broke and the sending went back", () => {
    expect(secondsLeft(after({ at: 0, done: 0 }, { at: 2_000, done: 80 }, { at: 2_500, done: 40 }), 100)).toBeNull();
  });
});
