import { describe, expect, it } from "vitest";
import { chooseLocale } from "./locales.ts";

describe("chooseLocale", () => {
  it("takes the reader's own choice before the browser's", () => {
    expect(chooseLocale("zh", "en-GB,en;q=0.9")).toBe("zh");
  });

  it("reads the browser's list by preference and not by position", () => {
    expect(chooseLocale(undefined, "en;q=0.4, zh-CN;q=0.9")).toBe("zh");
    expect(chooseLocale(undefined, "fr, de;q=0.8, zh-TW;q=0.5")).toBe("zh");
  });

  it("falls back to English on anything it does not know", () => {
    expect(chooseLocale("klingon", "fr-FR")).toBe("en");
    expect(chooseLocale(undefined, null)).toBe("en");
    expect(chooseLocale(undefined, "zh;q=0")).toBe("en");
  });
});
