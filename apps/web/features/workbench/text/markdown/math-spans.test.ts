import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { protectMath, restoreMath } from "./math-spans.ts";
import { typesetMath } from "./typeset-math.ts";

const formulas = (text: string) => protectMath(text).spans.map(({ tex }) => tex);

describe("protectMath", () => {
  it.each([
    ["$x^2=4$", ["x^2=4"]],
    ["$$x=\\pm 2$$ and \\(y\\)", ["x=\\pm 2", "y"]],
    ["\\[\n a \\cdot b\n\\]", ["a \\cdot b"]],
    ["the $n$th and $ABC$", ["n", "ABC"]],
    ["$2x+1$, $3 = y$", ["2x+1", "3 = y"]],
    ["$\\int_0^1 f(x)\\,dx$", ["\\int_0^1 f(x)\\,dx"]],
    ["$\\text{speed of light} = c$", ["\\text{speed of light} = c"]],
  ])("finds the formulas of %j", (text, expected) => {
    expect(formulas(text)).toEqual(expected);
  });

  it.each([
    "$5 and $10",
    "It is 5$ or 10$.",
    "$5 and 10$",
    "US$5 and A$6, $1M/$2M",
    "我有$5和$10",
    "$100元到$200元",
    "$5$",
    "\\$x\\$",
    "echo $HOME:$PATH",
    "$HOME and $PATH",
    "$a and b$",
    "\\[see above\\]",
    "\\(see above\\)",
    "$ x $",
    "$`a`$",
    "$$",
    "$$$$",
  ])("finds none in %j", (text) => {
    expect(formulas(text)).toEqual([]);
  });

  it("gives back every text as it was", () => {
    const text = fc.string({
      unit: fc.constantFrom("$", "$$", "\\(", "\\)", "\\[", "\\]", "a", "1", " ", "\n", "`", "\uE000", "^"),
    });
    fc.assert(
      fc.property(text, (source) => {
        const { text: guarded, spans } = protectMath(source);
        expect(restoreMath(guarded, spans)).toBe(source);
      }),
    );
  });
});

describe("typesetMath", () => {
  it.each([
    "\\frac{a}{b}",
    "\\begin{array}{cc}1&2\\end{array}",
    "\\mathbb{R}^n",
    "\\text{if } x > 0",
    "\\sum_{i=1}^n i",
  ])("sets %s", (tex) => {
    expect(typesetMath(tex, false)).toBeDefined();
  });

  it.each([
    "\\nosuch{x}",
    "x % a note",
    "\\color{white}{hidden}",
    "\\phantom{x}",
    "\\kern-10em x",
    "\\href{javascript:1}{x}",
    "{",
  ])("leaves %s to be shown as it was written", (tex) => {
    expect(typesetMath(tex, false)).toBeUndefined();
  });
});
