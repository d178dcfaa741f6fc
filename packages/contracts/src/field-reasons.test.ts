import { describe, expect, it } from "vitest";
import { z } from "zod";
import { JudgementFilter } from "./entities/work.ts";
import { fieldIssuesOf } from "./field-reasons.ts";
import { zodIssues } from "./zod-issues.fixture.ts";

/** Words that only zod, or a programmer, would use. */
const jargon =
  /Invalid|expected|received|Too (big|small)|NaN|Infinity|discriminator|pattern|Unrecognized|undefined|\||>=|<=|\{/;

function said(schema: z.ZodType, value: unknown) {
  const { error } = schema.safeParse(value, { reportInput: true });
  return error?.issues.flatMap(fieldIssuesOf).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

describe("what zod finds", () => {
  it.each(zodIssues)("is a plain sentence of English: %s", (_, issue) => {
    const found = fieldIssuesOf(issue);
    expect(found.length).toBeGreaterThan(0);
    for (const { message, reason } of found) {
      expect(message).not.toMatch(jargon);
      expect(message).toMatch(/^[a-z].*[a-z0-9:.]$/);
      expect(reason).toMatch(/^field\.\w+$/);
    }
  });

  it("says of hours that are none that they must be a number, and in which range", () => {
    expect(said(JudgementFilter, { hours: "NaN" })).toEqual(["hours: must be a number."]);
    expect(said(JudgementFilter, { hours: "Infinity" })).toEqual(["hours: must be a number."]);
    expect(said(JudgementFilter, { hours: "1.5" })).toEqual(["hours: must be a whole number."]);
    expect(said(JudgementFilter, { hours: "1e5" })).toEqual(["hours: must be 8760 or less."]);
  });

  it("calls a name that is left empty missing, and one that is not in its form out of form", () => {
    const name = z.string().regex(/^[a-z]+$/);
    expect(said(name, "")).toEqual([": is missing or empty."]);
    expect(said(name, "A")).toEqual([": is not in the right form."]);
  });

  it("tells a bound that counts from one that does not, and a number's from a list's", () => {
    expect(said(z.number().positive(), 0)).toEqual([": must be more than 0."]);
    expect(said(z.array(z.string()).min(2), ["a"])).toEqual([": has too few entries: the least is 2."]);
  });

  it("names all tags of a union as one choice, and the place of a wrong key", () => {
    const Kind = z.union([z.object({ kind: z.literal("a") }), z.object({ kind: z.literal("b") })]);
    expect(said(Kind, { kind: "c" })).toEqual(["kind: must be one of these: a, b."]);
    expect(said(z.record(z.string().max(2), z.number()), { long: 1 })).toEqual([
      "long: must have at most 2 characters.",
    ]);
  });
});
