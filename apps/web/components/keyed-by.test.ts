import { describe, expect, it } from "vitest";
import { keyedBy } from "./keyed-by.ts";

const keysOf = (...texts: string[]) => keyedBy(texts, (text) => text).map(({ key }) => key);

describe("keys by what things say", () => {
  it("differ for equal things, and stay when another one comes before them", () => {
    expect(keysOf("yes", "no", "yes")).toEqual(["0 yes", "0 no", "1 yes"]);
    expect(keysOf("perhaps", "yes", "no", "yes").slice(1)).toEqual(keysOf("yes", "no", "yes"));
    expect(new Set(keysOf("1 a", "a", "a", "1 a")).size).toBe(4);
  });
});
