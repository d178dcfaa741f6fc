import { describe, expect, it } from "vitest";
import { parseEnvironment } from "./environment.ts";

describe("parseEnvironment", () => {
  it("needs nothing set, stays on loopback and keeps its data in the checkout", () => {
    expect(parseEnvironment({}, "/checkout")).toEqual({
      port: 3000,
      host: "127.0.0.1",
      dataDir: "/checkout/.touchstone",
      filesDir: "/checkout/.touchstone/files",
      secret: undefined,
      adminEmail: "admin@touchstone.local",
      adminPassword: undefined,
      metricsToken: undefined,
      databaseUrl: undefined,
      redisUrl: undefined,
    });
  });

  it("takes an empty variable for an unset one where unset has a meaning", () => {
    const parsed = parseEnvironment({ DATABASE_URL: "", TOUCHSTONE_ADMIN_PASSWORD: "" }, "/checkout");
    expect(parsed.databaseUrl).toBeUndefined();
    expect(parsed.adminPassword).toBeUndefined();
  });

  it("names every variable that does not fit", () => {
    const attempt = () => parseEnvironment({ TOUCHSTONE_PORT: "http", TOUCHSTONE_ADMIN_EMAIL: "nobody" }, "/checkout");
    expect(attempt).toThrow(/TOUCHSTONE_PORT/);
    expect(attempt).toThrow(/TOUCHSTONE_ADMIN_EMAIL/);
  });
});
