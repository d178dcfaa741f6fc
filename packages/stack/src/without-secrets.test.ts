import { describe, expect, it } from "vitest";
import { withoutSecrets } from "./without-secrets.ts";

describe("an environment without secrets", () => {
  it("has neither passwords and keys nor the addresses that they stand in, and all the rest", () => {
    const env = {
      PATH: "/bin",
      TOUCHSTONE_HOST: "0.0.0.0",
      TOUCHSTONE_SECRET: "s",
      TOUCHSTONE_ADMIN_PASSWORD: "s",
      TOUCHSTONE_METRICS_TOKEN: "s",
      TOUCHSTONE_BACKUP_KEY: "s",
      DATABASE_URL: "postgresql://touchstone:s@db/touchstone",
      REDIS_URL: "redis://:s@redis",
      PGPASSWORD: "s",
    };
    expect(withoutSecrets(env)).toEqual({ PATH: "/bin", TOUCHSTONE_HOST: "0.0.0.0" });
  });
});
