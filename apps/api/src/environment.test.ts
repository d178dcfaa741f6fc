import { describe, expect, it } from "vitest";
import { readEnvironment } from "./environment.ts";

const good = {
  DATABASE_URL: "postgresql://touchstone:q8Zr2LpX0vTn@db:5432/touchstone",
  REDIS_URL: "redis://redis:6379",
  TOUCHSTONE_SECRET: "mK3n0Qx7vB1zR5tY9wE2uI6oP4aS8dF0",
};

describe("readEnvironment", () => {
  it("fills in what was left out, and takes an empty variable for one left out", () => {
    expect(readEnvironment({ ...good, TOUCHSTONE_PORT: "", TOUCHSTONE_WEB_URL: "" })).toMatchObject({
      host: "127.0.0.1",
      port: 3000,
      webUrl: undefined,
      trustProxy: false,
      logLevel: "info",
    });
  });

  it("keeps of the public URL its origin, which is what browsers send", () => {
    const environment = readEnvironment({ ...good, TOUCHSTONE_PUBLIC_URL: "https://touchstone.example/start?x=1" });
    expect(environment.publicOrigin).toBe("https://touchstone.example");
  });

  it("believes as many proxies as it is told, or those at these addresses", () => {
    const trusted = (text: string) => readEnvironment({ ...good, TOUCHSTONE_TRUST_PROXY: text }).trustProxy;
    expect([trusted("1"), trusted("2"), trusted("0")]).toEqual([1, 2, false]);
    for (const text of ["loopback", "10.0.0.0/8, fd00::/8", "192.0.2.7"]) {
      expect(trusted(text)).toBe(text.replace(" ", ""));
    }
  });

  it.each(["true", "yes", "1.5", "-1", "99", "10.0.0.0/33", "10.0.0", "loopback,proxy.example"])(
    "refuses to start with a proxy that it can't know: %s",
    (text) => {
      expect(() => readEnvironment({ ...good, TOUCHSTONE_TRUST_PROXY: text })).toThrow(/TRUST_PROXY.*how many stand/);
    },
  );

  it("takes hosts by name, and says when something else is said", () => {
    const hosts = (text: string) =>
      readEnvironment({ ...good, TOUCHSTONE_HOSTS: text, TOUCHSTONE_PUBLIC_URL: "https://touchstone.example" }).hosts;
    expect(hosts("Labels.example.org, other.example.org")).toEqual([
      "labels.example.org",
      "other.example.org",
      "touchstone.example",
    ]);
    expect(() => hosts("https://labels.example.org")).toThrow(/HOSTS.*without scheme/);
  });

  it("names every variable at fault at once", () => {
    const bad = { ...good, DATABASE_URL: "nowhere", TOUCHSTONE_PORT: "70000", LOG_LEVEL: "loud" };
    for (const name of ["DATABASE_URL", "TOUCHSTONE_PORT", "LOG_LEVEL"]) {
      expect(() => readEnvironment(bad)).toThrow(name);
    }
  });

  it.each([
    ["missing", { TOUCHSTONE_SECRET: undefined }],
    ["short", { TOUCHSTONE_SECRET: "short" }],
    ["a sample", { TOUCHSTONE_SECRET: "change-me-change-me-change-me-change-me" }],
    ["a sample in the database's address", { DATABASE_URL: "postgresql://touchstone:postgrespostgres@db/touchstone" }],
  ])("refuses production with a secret that is %s", (_, change) => {
    expect(() => readEnvironment({ ...good, NODE_ENV: "production", ...change })).toThrow(/unsafe secrets/);
  });
});
