import { expect, it } from "vitest";
import { blurFor, blurIn } from "../../workbench/state/blur.ts";
import { previewBlur } from "./preview-blur.ts";

/** A browser's store, and what is in it. */
function kept() {
  const values = new Map<string, string>();
  const write = (key: string, value: string | null) =>
    void (value === null ? values.delete(key) : values.set(key, value));
  return { values, store: { read: (key: string) => values.get(key) ?? null, write } };
}

it("what is revealed in a preview, and that nothing is to be blurred there, is no setting of whoever looks", () => {
  const { values, store } = kept();
  const { memory, unblur } = previewBlur(store, "me");
  memory.reveal("one");
  expect([memory.revealed("one"), memory.revealed("two")]).toEqual([true, false]);
  unblur();
  expect(memory.revealed("two")).toBe(true);
  expect([...values]).toEqual([]);
  expect(blurIn(store, "me").revealed("two")).toBe(false);
});

it("whoever has nothing blurred at the desk has nothing blurred in a preview", () => {
  const { store } = kept();
  blurFor(store, "me", false);
  expect(previewBlur(store, "me").memory.revealed("one")).toBe(true);
});
