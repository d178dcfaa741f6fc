import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { paragraphsOf } from "./paragraphs.ts";

const shown = (text: string) => paragraphsOf(text).map(({ start, end }) => text.slice(start, end));

describe("paragraphsOf", () => {
  it("cuts at blank lines and keeps single line breaks", () => {
    expect(shown("One\ntwo\n \nthree")).toEqual(["One\ntwo", "three"]);
  });

  it("keeps the blank lines beyond the first, and what is indented", () => {
    expect(shown("  One\n\n\n\n   two")).toEqual(["  One", "\n\n   two"]);
    expect(shown("\n\n\n\nOne\n\n \n\n")).toEqual(["\n\n\n\nOne", " \n\n"]);
  });

  it("loses nothing of a text but the blank lines between its paragraphs", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "中", " ", "\n", "\n\n", "```", "ש") });
    fc.assert(
      fc.property(letters, (text) => {
        expect(shown(text).join("").replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
      }),
    );
  });
});
