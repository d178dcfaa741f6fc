import { describe, expect, it } from "vitest";
import { type KeyPress, shortcutOf } from "./key-press.ts";

const press = (change: Partial<KeyPress>): KeyPress => ({
  key: "1",
  code: "",
  shiftKey: false,
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

  it("finds the digits of AZERTY without Shift, and leaves those that another layout writes with Shift alone", () => {
    expect(shortcutOf(press({ key: "&", code: "Digit1" }))).toBe("1");
    expect(shortcutOf(press({ key: "à", code: "Digit0" }))).toBe("0");
    expect(shortcutOf(press({ key: "1", code: "Digit1", shiftKey: true }))).toBe("1");
    expect(shortcutOf(press({ key: "!", code: "Digit1", shiftKey: true }))).toBe("!");
  });

  it("goes by the place of a key that writes another script, and by the letter where the layout is Latin", () => {
    expect(shortcutOf(press({ key: "а", code: "KeyF" }))).toBe("f");
    expect(shortcutOf(press({ key: "Я", code: "KeyZ" }))).toBe("z");
    expect(shortcutOf(press({ key: "л", code: "KeyK", ctrlKey: true }))).toBe("mod+k");
    // Dvorak: the key that lies where F is writes u, and the one that writes f lies where Y is.
    expect(shortcutOf(press({ key: "u", code: "KeyF" }))).toBe("u");
    expect(shortcutOf(press({ key: "f", code: "KeyY" }))).toBe("f");
    // QWERTZ: z lies where Y is.
    expect(shortcutOf(press({ key: "z", code: "KeyY" }))).toBe("z");
  });

  it("takes full-width digits and letters, and the number pad", () => {
    expect(shortcutOf(press({ key: "１", code: "Digit1" }))).toBe("1");
    expect(shortcutOf(press({ key: "ｆ", code: "KeyF" }))).toBe("f");
    expect(shortcutOf(press({ key: "7", code: "Numpad7" }))).toBe("7");
    expect(shortcutOf(press({ key: "End", code: "Numpad1" }))).toBe("End");
  });

  it("is not misled by AltGr, which writes other letters with Control and Alt", () => {
    expect(shortcutOf(press({ key: "@", code: "KeyQ", ctrlKey: true, altKey: true }))).toBeUndefined();
  });
});
