import { expect, it } from "vitest";
import { answerOf, draftOf, labelsOf, nextUnlabelled, withLabel } from "./step-labels.ts";

const none = [null, null, null];

it("are an answer once each step has one", () => {
  const two = withLabel(withLabel(none, 0, "good", false), 2, "bad", false);
  expect(two).toEqual(["good", null, "bad"]);
  expect(answerOf(two, false)).toBeNull();
  expect(nextUnlabelled(two, 2)).toBe(1);
  const all = withLabel(two, 1, "neutral", false);
  expect(answerOf(all, false)).toEqual({ choice: "labelled", labels: ["good", "neutral", "bad"] });
  expect(nextUnlabelled(all)).toBeNull();
});

it("of the first error say what was before it, and nothing of what comes after", () => {
  expect(withLabel(none, 1, "good", true)).toEqual(["good", "good", null]);
  expect(withLabel(["good", "good", "good"], 1, "bad", true)).toEqual(["good", "bad", null]);
  expect(answerOf(["good", "bad", null], true)).toEqual({ choice: "first-error", step: 1 });
  expect(answerOf(["good", "good", null], true)).toBeNull();
  expect(answerOf(["good", "good", "good"], true)).toEqual({ choice: "no-error" });
  // Found one step too early, and taken for right after all.
  expect(withLabel(["good", "bad", null], 1, "good", true)).toEqual(["good", "good", null]);
});

it("come back as they were sent, and as they were begun", () => {
  expect(labelsOf({ choice: "first-error", step: 1 }, 3)).toEqual(["good", "bad", null]);
  expect(labelsOf({ choice: "no-error" }, 2)).toEqual(["good", "good"]);
  expect(labelsOf(draftOf(["good", null, null]) ?? undefined, 3)).toEqual(["good", null, null]);
  expect(labelsOf({ choice: "labelled", labels: ["good", "odd"] }, 3)).toEqual(["good", null, null]);
  expect(draftOf(none)).toBeNull();
  expect(answerOf([], false)).toBeNull();
});
