import { describe, expect, it } from "vitest";
import { searchTerms } from "./search-terms.ts";

const all = (text: string) => ({ text, manner: "all", excluded: false });

describe("the terms of a search", () => {
  it("are words, phrases in any quotes, what is left out and what begins a word", () => {
    expect(searchTerms('blue "the sky" -wombat -"no sun" scat*')).toEqual([
      all("blue"),
      { text: "the sky", manner: "phrase", excluded: false },
      { text: "wombat", manner: "all", excluded: true },
      { text: "no sun", manner: "phrase", excluded: true },
      { text: "scat", manner: "start", excluded: false },
    ]);
    expect(searchTerms("“天空 为什么”「蓝色」").map(({ text, manner }) => [text, manner])).toEqual([
      ["天空 为什么", "phrase"],
      ["蓝色", "phrase"],
    ]);
  });

  it("take a quote that is never closed to the end, and leave out what is empty", () => {
    expect(searchTerms('"the sky')).toEqual([{ text: "the sky", manner: "phrase", excluded: false }]);
    expect(searchTerms('"" - *')).toEqual([all("-"), all("*")]);
  });

  it("give every other mark no meaning", () => {
    expect(searchTerms("a&b | !c:* 'x")).toEqual([all("a&b"), all("|"), { ...all("!c:"), manner: "start" }, all("'x")]);
  });
});
