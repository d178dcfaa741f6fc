import { describe, expect, it } from "vitest";
import { assertMayReadMetrics } from "./metrics-access.ts";

const token = "a token of the operator";

function mayRead(ip: string, headers: Record<string, string>, environment = {}): boolean {
  try {
    assertMayReadMetrics({ ip, headers }, { metricsToken: token, trustProxy: false, ...environment });
    return true;
  } catch {
    return false;
  }
}

describe("metrics", () => {
  it("are read from this machine itself, and from elsewhere with the operator's token alone", () => {
    expect(mayRead("127.0.0.1", {})).toBe(true);
    expect(mayRead("::1", {})).toBe(true);
    expect(mayRead("203.0.113.5", {})).toBe(false);
    expect(mayRead("203.0.113.5", { authorization: `Bearer ${token.replaceAll(" ", "-")}` })).toBe(false);
    expect(
      mayRead("203.0.113.5", { authorization: "Bearer 0123456789abcdef" }, { metricsToken: "0123456789abcdef" }),
    ).toBe(true);
    expect(mayRead("203.0.113.5", { authorization: "Bearer undefined" }, { metricsToken: undefined })).toBe(false);
  });

  it("are not read through a proxy on this machine that nobody has declared", () => {
    expect(mayRead("127.0.0.1", { "x-forwarded-for": "203.0.113.5" })).toBe(false);
    expect(mayRead("127.0.0.1", { forwarded: "for=203.0.113.5" })).toBe(false);
    expect(mayRead("127.0.0.1", { "x-forwarded-for": "127.0.0.1" }, { trustProxy: "loopback" })).toBe(true);
  });
});
