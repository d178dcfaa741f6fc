import { describe, expect, it } from "vitest";
import { filterOf, judgementsHref } from "./judgement-filter.ts";

const member = "0197a0c0-0000-7000-8000-000000000001";

describe("the filter of judgements in an address", () => {
  it("comes back as it was written", () => {
    const filter = { state: "counted", source: "person", member, hours: 1 } as const;
    const search = new URL(judgementsHref("p", filter), "http://here").searchParams;
    expect(filterOf(Object.fromEntries(search))).toEqual(filter);
  });

  it("asks for all without one, and for nothing that cannot be", () => {
    expect(judgementsHref("p")).toBe("/projects/p/judgements");
    const none = { state: undefined, source: undefined, member: undefined, hours: undefined };
    expect(filterOf({ state: "odd", source: ["person", "imported"], member: "me", hours: "-1" })).toEqual(none);
  });
});
