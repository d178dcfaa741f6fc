import { describe, expect, it } from "vitest";
import { blankness } from "./blank-text.ts";

describe("blankness", () => {
  it.each([
    ["", "empty", 0],
    ["   \n \n", "blank", 6],
    ["\u200b\u200d", "blank", 2],
    ["\u3164\u2800\u00ad\ufeff", "blank", 4],
    ["\u0001", "blank", 1],
  ])("says of %j that it is %s, with %d characters", (text, kind, characters) => {
    expect(blankness(text)).toEqual({ kind, characters });
  });

  it.each(["a", " .", "中", "👍", "\u200ba"])("sees %j", (text) => {
    expect(blankness(text)).toBeUndefined();
  });
});
