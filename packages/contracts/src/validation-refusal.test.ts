import { describe, expect, it } from "vitest";
import { z } from "zod";
import { LinkDraft } from "./entities/people.ts";
import { PageQuery } from "./entities/scalars.ts";
import { JudgementSubmission } from "./entities/work.ts";
import { PreferenceAnswer } from "./questions/preference.ts";
import { RatingAnswer } from "./questions/rating.ts";
import { validationRefusal } from "./validation-refusal.ts";

const Answer = z.union([PreferenceAnswer, RatingAnswer]);

function refuse(schema: z.ZodType, value: unknown, part = "body") {
  const { error } = schema.safeParse(value, { reportInput: true });
  if (!error) throw new Error("The value was accepted.");
  const { code, path, issues } = validationRefusal(error, part);
  return { code, path, issues };
}

describe("a refusal", () => {
  it("calls what is out of range a wrong value", () => {
    expect(refuse(Answer, { choice: "rated", score: 0 })).toMatchObject({ code: "invalid_value", path: "score" });
    expect(refuse(PageQuery, { limit: "201" }, "query")).toMatchObject({ code: "invalid_value", path: "query.limit" });
  });

  it("calls what is missing, unknown or out of form a wrong request, also beside a wrong value", () => {
    expect(refuse(Answer, { choice: "graded" })).toMatchObject({ code: "invalid_request", path: "step" });
    expect(refuse(PageQuery, { limit: 999, page: 2 }, "query")).toMatchObject({ code: "invalid_request" });
    expect(refuse(PageQuery, { cursor: "17" }, "query")).toMatchObject({ code: "invalid_request" });
  });

  it("does not grow with what was sent: of ninety thousand faults a few are named, and how many more", () => {
    const wrong = Object.fromEntries(Array.from({ length: 90_000 }, (_, at) => [`unknown field ${at}`, 1]));
    const { issues } = refuse(Answer, { choice: "rated", score: 3, ...wrong });
    expect(JSON.stringify(issues).length).toBeLessThan(2_000);
    expect(issues?.[0]?.message).toContain("+89990");
    const long = refuse(Answer, { choice: "rated", score: 3, ["x".repeat(500_000)]: 1 });
    expect(JSON.stringify(long.issues).length).toBeLessThan(2_000);
    const many = validationRefusal(
      z.array(z.number()).safeParse(Array(90_000).fill("x")).error ?? new z.ZodError([]),
      "body",
    );
    expect(many.issues?.length).toBe(50);
    expect(many.message).toContain("and 89950 more");
  });

  it("speaks of the alternative that the tag names", () => {
    const { issues } = refuse(Answer, { choice: "graded", step: 2.5 });
    expect(issues?.map(({ path }) => path)).toEqual(["step"]);
    const invitation = refuse(LinkDraft, { kind: "invitation", role: "annotator", expiresInHours: 9999 });
    expect(invitation).toMatchObject({ code: "invalid_value", path: "expiresInHours" });
  });

  it("calls a number that nothing can hold a number, also where text would do", () => {
    const { answer } = JudgementSubmission.shape;
    const { issues } = refuse(answer, JSON.parse('{"choice":"graded","step":1e400}'));
    expect(issues).toMatchObject([{ path: "step", reason: "field.number" }]);
  });

  it("names all tags when none fits", () => {
    const { code, issues } = refuse(Answer, { choice: "maybe" });
    expect(code).toBe("invalid_value");
    for (const choice of ["graded", "both-bad", "rated"]) expect(JSON.stringify(issues)).toContain(choice);
  });

  it("calls a text that Postgres cannot hold by its name", () => {
    const { comment } = JudgementSubmission.shape;
    expect(refuse(comment, "a\0b")).toMatchObject({ code: "unstorable_text", path: "body" });
  });
});
