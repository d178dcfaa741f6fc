import { describe, expect, it } from "vitest";
import { guidelineNews } from "./guideline-news.ts";
import { leasedTask } from "./leased-task.fixture.ts";
import { openingState, type WorkbenchState } from "./workbench-state.ts";

/** A desk with tasks of these versions, after one that was skipped under another. */
function desk(versions: readonly number[], before?: number): WorkbenchState {
  const queue = versions.map((guidelineVersion, n) => ({ ...leasedTask(n + 1), guidelineVersion }));
  if (before === undefined) return { ...openingState, queue };
  const task = { ...leasedTask(9), guidelineVersion: before };
  const last = { kind: "skip", key: task.lease.id, task, note: { flagged: false, comment: "" }, doneAt: 0 } as const;
  return { ...openingState, queue, last };
}

describe("a guideline that was changed while somebody judges", () => {
  it("is said at the first task that is judged by it, and not at the next", () => {
    expect(guidelineNews(desk([2, 2], 1), 2)).toEqual({ kind: "changed", version: 2, before: 1 });
    expect(guidelineNews(desk([2, 2], 2), 2)).toBeNull();
    expect(guidelineNews(desk([2, 2]), 2)).toBeNull();
  });

  it("is said at a task of the version before, from the server's word or from a task that waits", () => {
    expect(guidelineNews(desk([1, 1], 1), 2)).toEqual({ kind: "newer", version: 1, inForce: 2 });
    expect(guidelineNews(desk([1, 2]), 1)).toEqual({ kind: "newer", version: 1, inForce: 2 });
    expect(guidelineNews(desk([1, 2]), undefined)).toEqual({ kind: "newer", version: 1, inForce: 2 });
  });

  it("is nothing to say of a task that was taken back to an older version, nor of an empty desk", () => {
    expect(guidelineNews(desk([1], 2), 1)).toBeNull();
    expect(guidelineNews(desk([]), 2)).toBeNull();
  });
});
