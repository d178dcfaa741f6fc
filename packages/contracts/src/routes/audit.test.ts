import { describe, expect, it } from "vitest";
import type { Route } from "./route.ts";
import { routes } from "./table.ts";

describe("the route table", () => {
  it("says of every route that writes what the audit has of it, or why it has nothing", () => {
    const silent = Object.entries<Route>(routes)
      .filter(([, { method, audit }]) => method !== "GET" && (audit === undefined || ("none" in audit && !audit.none)))
      .map(([name]) => name);
    expect(silent).toEqual([]);
  });
});
