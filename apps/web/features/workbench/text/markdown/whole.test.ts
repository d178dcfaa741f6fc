import { createElement } from "react";
import { describe, expect, it } from "vitest";
import { standsWhole } from "./whole.ts";

const paragraph = (...children: Parameters<typeof createElement>[2][]) => createElement("p", null, ...children);

describe("standsWhole", () => {
  it("finds every word, whatever signs stood between them", () => {
    const shown = paragraph("one ", createElement("em", null, "two"), " three");
    expect(standsWhole(shown, "one *two* three")).toBe(true);
  });

  it("misses a word that is gone, and one that is there only once", () => {
    expect(standsWhole(paragraph("one"), "one two")).toBe(false);
    expect(standsWhole(paragraph("one"), "one one")).toBe(false);
    expect(standsWhole(null, "one")).toBe(false);
  });

  it("takes an entity for its character or for itself", () => {
    expect(standsWhole(paragraph("a < b"), "a &lt; b")).toBe(true);
    expect(standsWhole(paragraph("a &lt; b"), "a &lt; b")).toBe(true);
    expect(standsWhole(paragraph("a b"), "a &eacute; b")).toBe(false);
  });

  it("counts the numbers of lists and ticks, and not our own words", () => {
    expect(standsWhole(createElement("li", { value: 7 }, "seven"), "7. seven")).toBe(true);
    expect(standsWhole(createElement("span", { role: "img", "aria-label": "[x]" }, "☑"), "[x]")).toBe(true);
    const ours = createElement("span", { "data-not-counted": true }, "picture");
    expect(standsWhole(paragraph(ours, "cat"), "picture cat")).toBe(false);
  });

  it("reads code as one, however it is coloured", () => {
    const code = createElement("code", null, createElement("span", null, "pri"), "nt");
    expect(standsWhole(code, "print")).toBe(true);
  });
});
