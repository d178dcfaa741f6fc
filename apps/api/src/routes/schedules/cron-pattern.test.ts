import { describe, expect, it } from "vitest";
import { faultOfPattern } from "./cron-pattern.ts";

describe("a cron pattern that cannot be read", () => {
  it("names the field at fault", () => {
    expect(faultOfPattern("0 3 * * *")).toBeNull();
    expect(faultOfPattern("0 25 * * *")).toMatchObject({
      code: "invalid_value",
      path: "trigger.pattern",
      reason: "cronPart",
      values: { kind: "hour", said: "25", pattern: "0 25 * * *" },
    });
    expect(faultOfPattern("61 3 * * *")).toMatchObject({ values: { kind: "minute", said: "61" } });
  });

  it("is named as a whole where it has not five fields, or none of them is at fault alone", () => {
    expect(faultOfPattern("every night")).toMatchObject({ reason: "cronPattern", values: { pattern: "every night" } });
  });
});
