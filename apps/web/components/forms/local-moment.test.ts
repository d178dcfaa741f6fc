import { expect, test } from "vitest";
import { localMoment, momentOf } from "./local-moment.ts";

test("a moment goes through a field in the reader's zone and comes back, to the minute", () => {
  expect(momentOf(localMoment("2030-01-02T03:04:00.000Z"))).toBe("2030-01-02T03:04:00.000Z");
  expect(localMoment("2030-01-02T03:04:00.000Z")).toMatch(/^2030-01-0[123]T\d\d:\d\d$/);
  expect(momentOf(localMoment(null))).toBeNull();
  expect(momentOf("soon")).toBe("soon");
});
