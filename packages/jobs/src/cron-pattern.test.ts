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

  it("takes five fields and no other number: no seconds, no lone field, no word for all of them", () => {
    for (const pattern of ["* * * * * *", "000000000", "@midnight", "0 3 * *"]) {
      expect(faultOfPattern(pattern)).toMatchObject({ reason: "cronPattern", values: { pattern } });
    }
    for (const pattern of ["*/15 0-6 1,15 * *", "0 3 * JAN-MAR THU", "0 3 L * ?"]) {
      expect(faultOfPattern(pattern)).toBeNull();
    }
  });

  it("takes no time that is drawn anew at each look", () => {
    expect(faultOfPattern("H H * * *")).toMatchObject({ reason: "cronPart", values: { kind: "minute", said: "H" } });
    expect(faultOfPattern("0 h(1-5) * * *")).toMatchObject({ values: { kind: "hour", said: "h(1-5)" } });
  });

  it("is named as a whole where it has not five fields, or none of them is at fault alone", () => {
    expect(faultOfPattern("every night")).toMatchObject({ reason: "cronPattern", values: { pattern: "every night" } });
  });
});
