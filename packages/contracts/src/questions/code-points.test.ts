import { describe, expect, it } from "vitest";
import { characterAt, unitAt } from "./code-points.ts";

describe("places in a text", () => {
  it.each(["", "abc", "😀 是 e\u0301 👩‍👩‍👧 𝒜"])("are the code points of %j, as a list of them has it", (text) => {
    const points = [...text];
    for (let place = 0; place <= points.length; place++) {
      const before = points.slice(0, place).join("");
      expect(unitAt(text, place)).toBe(before.length);
      expect(characterAt(text, before.length)).toBe(place);
    }
    expect(unitAt(text, points.length + 3)).toBe(text.length);
  });

  it("count half a pair for itself", () => {
    expect(characterAt("\ud83da", 2)).toBe(2);
    expect(unitAt("\ud83da", 1)).toBe(1);
  });
});
