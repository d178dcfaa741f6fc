import { expect, it } from "vitest";
import {
  correctionOf,
  draftOf,
  edited,
  opened,
  restored,
  setAside,
  unchanged,
  wholeCorrection,
} from "./correction-draft.ts";

const originals = ["text of A", "text of B"];
const nothing = correctionOf(undefined);

it("a correction is whole once its text is another than it was", () => {
  const open = opened(nothing, 1, "text of B");
  expect(wholeCorrection(open, originals)).toBeNull();
  expect(wholeCorrection(edited(open, 1, "  "), originals)).toBeNull();
  expect(wholeCorrection(edited(open, 1, "B, put right"), originals)).toEqual({
    choice: "edited",
    place: 1,
    text: "B, put right",
  });
  expect(wholeCorrection(unchanged(open, 0), originals)).toEqual({ choice: "unchanged", place: 0 });
});

it("what was edited and then set aside for another answer comes back, and is said to be set aside", () => {
  const one = edited(nothing, 0, "A, put right");
  const other = edited(opened(one, 1, "text of B"), 1, "B, put right");
  expect(setAside(one, originals)).toEqual([]);
  expect(setAside(other, originals)).toEqual([0]);
  expect(setAside(unchanged(other, 1), originals)).toEqual([0, 1]);
  expect(opened(other, 0, "text of A").texts[0]).toBe("A, put right");
  expect(wholeCorrection(other, originals)).toMatchObject({ place: 1 });
  expect(setAside(restored(other, 0), originals)).toEqual([]);
});

it("a draft is read as it was kept, also out of an answer that an undo has brought back", () => {
  const other = edited(opened(edited(nothing, 0, "A!"), 1, "text of B"), 1, "B!");
  // As the browser's database gives it back.
  expect(correctionOf(JSON.parse(JSON.stringify(draftOf(other))))).toEqual(other);
  expect(correctionOf({ choice: "edited", place: 1, text: "B!" })).toEqual(edited(nothing, 1, "B!"));
  expect(correctionOf({ choice: "unchanged", place: 0 })).toEqual(unchanged(nothing, 0));
  expect(draftOf(restored(edited(nothing, 0, "A!"), 0))).toBeNull();
});
