import { describe, expect, it } from "vitest";
import { isTooLongToSet } from "./too-long.ts";

describe("isTooLongToSet", () => {
  const longest = `https://example.org/${"a".repeat(987)}`;
  it.each([
    ["characters", "a".repeat(12_000), "a"],
    ["brackets, whose pairs are looked for far and wide", "][".repeat(750), "["],
    ["marks of formulas", "$x$ ".repeat(60), "$"],
    ["marks of emphasis, whose ends look back through all beginnings", "*a_ ".repeat(750), "~"],
    ["lines", "a\n".repeat(1_500), "\n"],
    ["quotations within quotations", ">".repeat(99), ">"],
    ["lists within quotations, wherever they begin", `One line\n${"> 1. - ".repeat(33)}`, "> a"],
    ["characters of an address", longest, "."],
  ])("counts %s", (_, most, oneMore) => {
    expect(isTooLongToSet(most)).toBe(false);
    expect(isTooLongToSet(most + oneMore)).toBe(true);
  });

  /** Each not too long by its characters, and made to be slow: the parser takes up to seven seconds for them. */
  it.each([
    "[a](",
    "[[[[",
    "![",
    "*a **a ",
    "*a_ ",
    "a* ",
    "$",
    "$a ",
    "> ",
    ">",
    "1. ",
    "> - ",
    "> a\n",
    "a\n=\n",
    "|a|b|\n",
    "[a]: b\n",
    "[^a]",
    "www.a.b/..",
  ])("shows %j as written, over and over", (unit) => {
    expect(isTooLongToSet(unit.repeat(Math.floor(12_000 / unit.length)))).toBe(true);
  });

  it.each(["<", "<a b='", "`a``b", "&a", "#", "\\"])(
    "sets %j over and over, which costs no more than words",
    (unit) => {
      expect(isTooLongToSet(unit.repeat(Math.floor(12_000 / unit.length)))).toBe(false);
    },
  );

  it.each([
    ["a list of many points", "- **Point**: see [the page](https://example.org/a_b), *really*.\n".repeat(150)],
    ["a long table", `| a | b |\n|---|---|\n${"| one | two |\n".repeat(700)}`],
    ["a quotation of a quotation", ">> They said\n> that.\n".repeat(400)],
    ["a program", `\`\`\`python\n${"    some_name = other_name[index] * 2\n".repeat(250)}\`\`\``],
    ["a rule of dashes", `${"- ".repeat(60)}\n\n${"_".repeat(200)}`],
  ])("sets %s", (_, text) => {
    expect(isTooLongToSet(text)).toBe(false);
  });
});
