import { describe, expect, it } from "vitest";
import { en } from "./en.ts";
import { zh } from "./zh.ts";

/** Every message by its dotted key. */
function flatten(tree: object, prefix = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]: [string, unknown]) =>
    typeof value === "object" && value !== null ? flatten(value, `${prefix}${key}.`) : [[prefix + key, String(value)]],
  );
}

/** Names of the values that a message takes, nested plurals and selects included. */
function valuesOf(message: string): string[] {
  const names = [...message.matchAll(/\{\s*([a-zA-Z]+)\s*(?=[,}])/g)].map(([, name = ""]) => name);
  const chosen = [...message.matchAll(/\{\s*([a-zA-Z]+)\s*,/g)].map(([, name = ""]) => name);
  return [...new Set(chosen.length > 0 ? chosen : names)].sort();
}

describe("messages", () => {
  it("has the same keys in both languages", () => {
    const keys = (tree: object) =>
      flatten(tree)
        .map(([key]) => key)
        .sort();
    expect(keys(zh)).toEqual(keys(en));
  });

  it("takes the same values in both languages, apart from plurals that Chinese does not inflect", () => {
    const chinese = new Map(flatten(zh));
    for (const [key, message] of flatten(en)) {
      expect([key, valuesOf(chinese.get(key) ?? "")]).toEqual([key, valuesOf(message)]);
    }
  });

  it("leaves no message empty", () => {
    expect([...flatten(en), ...flatten(zh)].filter(([, message]) => message.trim() === "")).toEqual([]);
  });
});
