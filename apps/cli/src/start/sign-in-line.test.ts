import { describe, expect, it } from "vitest";
import { easyPassword } from "./easy-password.ts";
import { signInLine } from "./sign-in-line.ts";

const email = "admin@touchstone.local";

describe("signInLine", () => {
  it("shows a password that was just made up", () => {
    const line = signInLine({ email, newPassword: "k7mqx-ab", fromEnvironment: false });
    expect(line).toBe("Sign in as admin@touchstone.local with the password k7mqx-ab (shown only this once)");
  });

  it("never repeats a password that came from the environment", () => {
    const line = signInLine({ email, newPassword: "from-outside", fromEnvironment: true });
    expect(line).toContain("TOUCHSTONE_ADMIN_PASSWORD");
    expect(line).not.toContain("from-outside");
  });

  it("points back to the first start once there is nothing new to show", () => {
    expect(signInLine({ email, newPassword: undefined, fromEnvironment: false })).toContain("first start");
  });
});

describe("easyPassword", () => {
  it("is twenty random characters that nobody mistakes for others", () => {
    const passwords = Array.from({ length: 50 }, easyPassword);
    for (const password of passwords) expect(password).toMatch(/^([a-hjkmnp-z2-9]{5}-){3}[a-hjkmnp-z2-9]{5}$/);
    expect(new Set(passwords).size).toBe(50);
  });
});
