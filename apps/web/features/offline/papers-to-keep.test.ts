import { describe, expect, it } from "vitest";
import { papersToKeep } from "./papers-to-keep.ts";

const guideline = { id: "g", version: 1, text: "Shorter wins.", createdAt: "2026-01-01T00:00:00.000Z" };

describe("papersToKeep", () => {
  it("takes nothing away for a window that holds no task: the guideline kept by another one stays", () => {
    expect(papersToKeep({ project: null, guidelines: [], versions: [] })).toBeNull();
  });

  it("waits until the guideline of every held task has come", () => {
    expect(papersToKeep({ project: null, guidelines: [guideline], versions: [1, 2] })).toBeNull();
    expect(papersToKeep({ project: null, guidelines: [guideline], versions: [1] })).toEqual({
      project: null,
      guidelines: [guideline],
    });
  });
});
