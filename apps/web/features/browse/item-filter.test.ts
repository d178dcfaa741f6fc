import { describe, expect, it } from "vitest";
import { dayOf, filterOf, itemsHref, momentOf, narrowedBy } from "./item-filter.ts";

describe("the filter of items in an address", () => {
  it("comes back as it was written, in any script", () => {
    const filter = { q: '"天空" -a&b', split: "test", flagged: "true", model: "GPT 4" } as const;
    const search = new URL(itemsHref("p", filter), "http://here").searchParams;
    expect(filterOf(Object.fromEntries(search))).toEqual(filter);
    expect(narrowedBy(filter)).toBe(3);
  });

  it("asks for all without one, and for nothing that cannot be", () => {
    expect(itemsHref("p")).toBe("/projects/p/browse");
    expect(filterOf({ split: "all", person: "me", q: ["a", "b"], from: "today", order: "asc" })).toEqual({});
  });

  it("has whole days of the reader's, the last one too", () => {
    const [from, to] = [momentOf("2026-03-01"), momentOf("2026-03-01", 1)];
    expect(new Date(String(to)).getTime() - new Date(String(from)).getTime()).toBe(86_400_000);
    expect(dayOf(from)).toBe("2026-03-01");
    expect(dayOf(to, 1)).toBe("2026-03-01");
    expect(momentOf("")).toBeUndefined();
  });
});
