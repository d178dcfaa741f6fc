import { Answer } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { partOf, partsOf } from "./scale.ts";

describe("the scales", () => {
  it.each(["preference", "rating"] as const)(
    "answers a %s with answers that the contract accepts, one key each",
    (kind) => {
      const parts = partsOf(kind);
      for (const { answer } of parts) expect(Answer.safeParse(answer).success).toBe(true);
      expect(new Set(parts.map(({ key }) => key)).size).toBe(parts.length);
    },
  );

  it("puts left better on the low digits, the tie on 4 and both bad on 0", () => {
    const byKey = Object.fromEntries(partsOf("preference").map(({ key, answer }) => [key, answer]));
    expect(byKey).toMatchObject({
      "0": { choice: "both-bad" },
      "1": { choice: "graded", step: 1 },
      "4": { choice: "graded", step: 4 },
      "7": { choice: "graded", step: 7 },
    });
  });

  it("finds the part of every answer again", () => {
    for (const part of [...partsOf("preference"), ...partsOf("rating")]) expect(partOf(part.answer)).toEqual(part);
  });
});
