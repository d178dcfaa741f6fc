import { describe, expect, it } from "vitest";
import { neededTools } from "./needed-tools.ts";

const nothing = { markdown: false, math: false, code: false };

describe("neededTools", () => {
  it.each([
    "She never said goodbye; it's 3.5 - or 4?",
    "今天天气很好，我们去公园。\n\n(第二段)",
    "מרחבא 100% (טוב)",
    "Line one\nline two",
  ])("asks nothing for %j", (text) => {
    expect(neededTools(text)).toEqual(nothing);
  });

  it.each([
    ["**bold**", {}],
    ["# Title", {}],
    ["- one\n- two", {}],
    ["1. one", {}],
    ["    indented", {}],
    ["see https://example.org", {}],
    ["&lt;", {}],
    ["Title\n=====", {}],
    ["```\nplain\n```", {}],
    ["```py\nx\n```", { code: true }],
    ["~~~js\nx\n~~~", { code: true }],
    ["- ```py\n  x\n  ```", { code: true }],
    ["One\n\n\n  ```py\nx\n```", { code: true }],
    ["costs $5", { math: true }],
    ["\\(x\\)", { math: true }],
  ])("sees what %j needs", (text, more) => {
    expect(neededTools(text)).toEqual({ ...nothing, markdown: true, ...more });
  });
});
