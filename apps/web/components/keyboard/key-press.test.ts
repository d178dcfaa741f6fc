import { describe, expect, it } from "vitest";
import { type KeyPress, shortcutOf } from "./key-press.ts";

const press = (change: Partial<KeyPress>): KeyPress => ({
  key: "1",
  isComposing: false,
  keyCode: 49,
  repeat: false,
  metaKey: false,
  ctrlKey: false,
  altKey: false,
  inText: false,
  ...change,
});

describe("shortcutOf", () => {
  it("lets a plain digit through", () => {
    expect(shortcutOf(press({}))).toBe("1");
  });

  it("never fires while an input method is composing, however the browser reports it", () => {
    expect(shortcutOf(press({ isComposing: true }))).toBeUndefined();
    expect(shortcutOf(press({ keyCode: 229 }))).toBeUndefined();
    expect(shortcutOf(press({ key: "Process" }))).toBeUndefined();
  });

  it("never fires while someone types in a field, except for Escape and combinations", () => {
    expect(shortcutOf(press({ inText: true }))).toBeUndefined();
    expect(shortcutOf(press({ inText: true, key: "Escape", keyCode: 27 }))).toBe("Escape");
    expect(shortcutOf(press({ inText: true, key: "k", metaKey: true }))).toBe("mod+k");
  });

  it("fires once for a key that is held down", () => {
    expect(shortcutOf(press({ repeat: true }))).toBeUndefined();
  });

  it("treats a letter alike with and without caps lock", () => {
    expect(shortcutOf(press({ key: "Z" }))).toBe("z");
  });
});
