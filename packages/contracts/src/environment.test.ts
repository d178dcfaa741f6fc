import { describe, expect, it } from "vitest";
import { assertProductionSecrets } from "./environment.ts";

const good = {
  NODE_ENV: "production",
  TOUCHSTONE_SECRET: "q3mJ0Z7nq1xkVt8cB5dYwR2uL9sPfH4eAaGiKoMbTzE",
  DATABASE_URL: "postgresql://touchstone:9fJw2LxQm7Zr@db:5432/touchstone",
};
const attempt = (changes: Record<string, string | undefined>) => () => assertProductionSecrets({ ...good, ...changes });

describe("assertProductionSecrets", () => {
  it("lets chosen secrets pass", () => {
    expect(attempt({})).not.toThrow();
  });

  it.each([
    ["missing", undefined, /TOUCHSTONE_SECRET is missing/],
    ["short", "q3mJ0Z7nq1xkVt8c", /shorter than 32/],
    ["the sample of the compose file", "change-me-to-at-least-32-random-characters", /is a sample/],
    ["one letter repeated", "a".repeat(40), /is a sample/],
  ])("refuses a secret that is %s", (_, secret, fault) => {
    expect(attempt({ TOUCHSTONE_SECRET: secret })).toThrow(fault);
  });

  it.each([
    ["missing", "postgresql://touchstone@db/touchstone", /no password/],
    ["short", "postgresql://touchstone:x7Qp@db/touchstone", /shorter than 12/],
    ["a sample", "postgresql://touchstone:change-me-please@db/touchstone", /is a sample/],
  ])("refuses a database password that is %s", (_, url, fault) => {
    expect(attempt({ DATABASE_URL: url })).toThrow(fault);
  });

  it("names every fault at once", () => {
    expect(attempt({ TOUCHSTONE_SECRET: undefined, DATABASE_URL: undefined })).toThrow(
      /TOUCHSTONE_SECRET[\s\S]*DATABASE_URL/,
    );
  });

  it("leaves a database on the same machine and development alone", () => {
    expect(attempt({ DATABASE_URL: "postgresql://postgres:postgres@localhost/postgres" })).not.toThrow();
    expect(() => assertProductionSecrets({})).not.toThrow();
  });
});
