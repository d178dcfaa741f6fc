import { describe, expect, it } from "vitest";
import { joinSchemas, joinValues } from "./join-schema.ts";

function filled(fields: Record<string, string>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return joinValues(form, "zh");
}

describe("joining", () => {
  it("lets a stranger in with a name, an e-mail and consent, and not without any of them", () => {
    const schema = joinSchemas.open;
    const stranger = { name: "小满", email: "man@example.org", password: "a short sentence" };
    expect(schema.safeParse(filled({ ...stranger, consent: "on" })).data).toEqual({
      name: "小满",
      email: "man@example.org",
      password: "a short sentence",
      consent: true,
      locale: "zh",
    });
    expect(schema.safeParse(filled(stranger)).success).toBe(false);
    expect(schema.safeParse(filled({ ...stranger, name: "", consent: "on" })).success).toBe(false);
    expect(schema.safeParse(filled({ ...stranger, email: "", consent: "on" })).success).toBe(false);
  });

  it("asks an invited person for an e-mail to sign in with", () => {
    const schema = joinSchemas.invitation;
    expect(schema.safeParse(filled({ name: "Ada", password: "a short sentence" })).success).toBe(false);
    expect(
      schema.safeParse(filled({ name: "Ada", email: "ada@example.org", password: "a short sentence" })).success,
    ).toBe(true);
  });

  it("asks for nothing but the new password at a reset", () => {
    const schema = joinSchemas["password-reset"];
    expect(schema.safeParse(filled({ password: "a short sentence" })).success).toBe(true);
    expect(schema.safeParse(filled({ password: "too short" })).success).toBe(false);
  });
});
