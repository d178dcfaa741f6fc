import { LinkDraft, SignIn } from "@touchstone/contracts";
import { describe, expect, it } from "vitest";
import { fieldErrorsFromApi, fieldErrorsOf } from "./field-errors.ts";

function faults(schema: typeof SignIn | typeof LinkDraft, value: unknown) {
  const parsed = schema.safeParse(value, { reportInput: true });
  return parsed.success ? {} : fieldErrorsOf(parsed.error);
}

describe("fieldErrorsOf", () => {
  it("names the first fault of each field", () => {
    expect(faults(SignIn, { email: "ada@", password: "" })).toEqual({
      email: { key: "email" },
      password: { key: "required" },
    });
    expect(faults(SignIn, { email: "ada@example.org" })).toEqual({ password: { key: "required" } });
  });

  it("keeps limits, so that the message can say them", () => {
    const draft = {
      kind: "open",
      projectId: "0195d2a0-0000-7000-8000-000000000001",
      consent: "a\0b",
      expiresInHours: 1,
    };
    expect(faults(LinkDraft, { ...draft, capacity: 0 })).toMatchObject({
      capacity: { key: "tooSmall", limit: 1 },
      consent: { key: "unstorable" },
    });
    expect(faults(LinkDraft, { ...draft, consent: "a", capacity: 1.5 })).toEqual({ capacity: { key: "integer" } });
  });
});

describe("fieldErrorsFromApi", () => {
  it("puts the API's words at the field they are about", () => {
    expect(fieldErrorsFromApi([{ path: "body.email", message: "is taken" }])).toEqual({
      email: { key: "said", message: "is taken" },
    });
  });
});
