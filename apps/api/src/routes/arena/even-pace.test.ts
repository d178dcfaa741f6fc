import { describe, expect, it } from "vitest";
import { EvenPace } from "./even-pace.ts";

describe("EvenPace", () => {
  it("tells as much of the quicker side as the slower one has said, and nothing before it says anything", () => {
    const pace = new EvenPace(10);
    pace.add("a", "quick as the wind");
    expect(pace.next()).toBeNull();
    pace.add("b", "slow");
    expect(pace.next()).toEqual({ a: "quic", b: "slow" });
    pace.end("a");
    // That one has ended is not seen while it has something to say.
    expect(pace.next()).toBeNull();
    pace.add("b", "ly, and");
    expect(pace.next()).toEqual({ a: "k as th", b: "ly, and" });
  });

  it("looks the same whichever side is the quick one", () => {
    const told = (quick: "a" | "b", slow: "a" | "b") => {
      const pace = new EvenPace(3);
      pace.add(quick, "12345");
      pace.end(quick);
      const pieces = [];
      for (const piece of ["1", "23", "45"]) {
        pace.add(slow, piece);
        pieces.push(pace.next());
      }
      pace.end(slow);
      return { pieces, done: pace.isDone };
    };
    expect(told("a", "b")).toEqual(told("b", "a"));
    expect(told("a", "b")).toEqual({
      pieces: ["1", "23", "45"].map((text) => ({ a: text, b: text })),
      done: true,
    });
  });

  it("tells what was there at once in pieces too, the longer side to its end", () => {
    const pace = new EvenPace(4);
    pace.add("a", "short");
    pace.add("b", "a longer one");
    pace.end("a");
    pace.end("b");
    const pieces = [];
    for (let piece = pace.next(); piece !== null; piece = pace.next()) pieces.push(piece);
    expect(pieces).toEqual([
      { a: "shor", b: "a lo" },
      { a: "t", b: "nger" },
      { a: "", b: " one" },
    ]);
    expect(pace.isDone).toBe(true);
  });

  it("counts characters, and never cuts one in two, not even one that comes in halves", () => {
    const pace = new EvenPace(2);
    pace.add("a", "\ud83c");
    pace.add("b", "龙凤");
    expect(pace.next()).toBeNull();
    pace.add("a", "\udf75茶");
    expect(pace.next()).toEqual({ a: "🍵茶", b: "龙凤" });
  });

  it("ends where both have said nothing", () => {
    const pace = new EvenPace(2);
    pace.end("a");
    pace.end("b");
    expect(pace.next()).toBeNull();
    expect(pace.isDone).toBe(true);
  });
});
