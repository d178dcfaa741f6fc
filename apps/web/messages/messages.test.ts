import { describe, expect, it } from "vitest";
import { en } from "./en.ts";
import { zh } from "./zh.ts";

/** Every message by its dotted key. */
function flatten(tree: object, prefix = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]) =>
    typeof value === "object" && value !== null ? flatten(value, `${prefix}${key}.`) : [[prefix + key, String(value)]],
  );
}

/** Names of the values that a message takes: what follows an opening brace that stands in no other. */
function valuesOf(message: string): string[] {
  let depth = 0;
  const names = [...message.matchAll(/\{\s*(\w*)|\}/g)].flatMap(([brace, name = ""]) => {
    depth += brace === "}" ? -1 : 1;
    return brace !== "}" && depth === 1 ? [name] : [];
  });
  return [...new Set(names)].sort();
}

describe("messages", () => {
  it("has the same keys in both languages", () => {
    const keys = (tree: object) =>
      flatten(tree)
        .map(([key]) => key)
        .sort();
    expect(keys(zh)).toEqual(keys(en));
  });

  it("takes the same values in both languages", () => {
    const chinese = new Map(flatten(zh));
    for (const [key, message] of flatten(en)) {
      expect([key, valuesOf(chinese.get(key) ?? "")]).toEqual([key, valuesOf(message)]);
    }
  });

  it("has one Chinese word for each thing", () => {
    const banned = /判断|题目|道题|好很多|平局|纳特|克里彭多夫|两个都差|不相上下/;
    // These features have words of their own still; each leaves the list as it takes the common ones.
    const others = /^(projects|people|join|session|shell)\./;
    expect(flatten(zh).filter(([key, message]) => !others.test(key) && banned.test(message))).toEqual([]);
  });

  it("leaves no message empty", () => {
    expect([...flatten(en), ...flatten(zh)].filter(([, message]) => message.trim() === "")).toEqual([]);
  });
});
