import { describe, expect, it } from "vitest";
import { defaultConsent } from "../people/default-consent.ts";
import { consentParts } from "./consent-parts.ts";

describe("the consent text on a reader's page", () => {
  const text = "Your choices are kept.\n\n你的选择会被保存。\n \nYou can stop at any time.\n\n你可以随时停止。";

  it("begins with the paragraphs of the reader's language, and leaves nothing out", () => {
    const english = "Your choices are kept.\n\nYou can stop at any time.";
    const chinese = "你的选择会被保存。\n\n你可以随时停止。";
    expect(consentParts(text, "en")).toEqual({ own: english, others: chinese });
    expect(consentParts(text, "zh")).toEqual({ own: chinese, others: english });
  });

  it("has none of its own where nobody wrote it in that language", () => {
    expect(consentParts("Your choices are kept.", "zh")).toEqual({ own: "", others: "Your choices are kept." });
  });

  it("that a new link proposes is there in both languages, the writer's first", () => {
    for (const locale of ["en", "zh"] as const) {
      const { own, others } = consentParts(defaultConsent(locale), locale);
      expect(`${own}\n\n${others}`).toBe(defaultConsent(locale));
      expect([own, others]).not.toContain("");
    }
  });
});
