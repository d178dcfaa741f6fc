import { describe, expect, it } from "vitest";
import { safeReturn } from "./session-query.ts";

describe("safeReturn", () => {
  it("returns to a page of this site", () => {
    expect(safeReturn("/work/1?x=2", "annotator")).toBe("/work/1?x=2");
  });

  it("never leaves this site, whatever the link says", () => {
    for (const next of ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:alert(1)", "", null]) {
      expect(safeReturn(next, "annotator")).toBe("/work");
      expect(safeReturn(next, "admin")).toBe("/projects");
    }
  });
});
