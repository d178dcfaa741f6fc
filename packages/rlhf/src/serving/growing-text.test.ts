import { expect, it } from "vitest";
import { growingText } from "./growing-text.ts";

/** Says a text piece by piece, as tokens of one letter each would. @returns what was told at each */
function said(letters: readonly string[], ends: readonly string[], textOf = (text: string) => text): string[] {
  const text = growingText((tokens) => textOf(tokens.map((token) => letters[token]).join("")), ends);
  return letters.map((_, index) => {
    const tokens = letters.slice(0, index + 1).map((_letter, token) => token);
    return text.more({ tokens, finishReason: index === letters.length - 1 ? "stop" : undefined });
  });
}

it("tells each piece once, and nothing twice", () => {
  expect(said(["a", "b", "c"], [])).toEqual(["a", "b", "c"]);
});

it("holds back what may become an end, and tells it when it has not", () => {
  expect(said(["a", "E", "N", "x"], ["END"])).toEqual(["a", "", "", "ENx"]);
  const cut = (text: string) => text.split("END", 1)[0] ?? "";
  expect(said(["a", "E", "N", "D"], ["END"], cut)).toEqual(["a", "", "", ""]);
});

it("holds back a character that is not whole, and tells a broken one at the end", () => {
  const halves = (text: string) => text.replaceAll("12", "试").replaceAll(/[12]/g, "\ufffd");
  expect(said(["a", "1", "2", "b"], [], halves)).toEqual(["a", "", "试", "b"]);
  expect(said(["a", "1"], [], halves)).toEqual(["a", "\ufffd"]);
});

it("tells NUL as U+FFFD, as answers are kept", () => {
  expect(said(["a", "\0", "b"], [])).toEqual(["a", "", "\ufffdb"]);
});
