import { describe, expect, it } from "vitest";
import { chooseLanguage } from "./choose-language.ts";

describe("the language in which a reader is spoken to", () => {
  it("is the first of theirs that the project has, its own included", () => {
    expect(chooseLanguage(["zh", "en"], "en", ["zh", "fr"])).toBe("zh");
    expect(chooseLanguage(["en", "zh"], "en", ["zh", "fr"])).toBeNull();
    expect(chooseLanguage(["de", "fr-CA", "en"], "en", ["zh", "fr"])).toBe("fr");
    expect(chooseLanguage(["de"], "en", ["zh", "fr"])).toBeNull();
  });

  it("tells scripts apart before it takes what is near", () => {
    expect(chooseLanguage(["zh-TW"], "en", ["zh-Hans", "zh-Hant"])).toBe("zh-Hant");
    expect(chooseLanguage(["zh-CN"], "en", ["zh-Hans", "zh-Hant"])).toBe("zh-Hans");
    expect(chooseLanguage(["zh-TW"], "en", ["zh-Hans"])).toBe("zh-Hans");
    expect(chooseLanguage(["pt-BR"], "en", ["pt-PT", "pt-BR"])).toBe("pt-BR");
  });

  it("looks only for the first of theirs where nobody has said what the project's own is", () => {
    expect(chooseLanguage(["en", "zh"], null, ["zh"])).toBeNull();
    expect(chooseLanguage(["zh", "en"], null, ["zh"])).toBe("zh");
  });

  it("takes a translation into the project's own language, which has words for names that its texts lack", () => {
    expect(chooseLanguage(["zh"], "zh", ["en", "zh"])).toBe("zh");
  });

  it("passes over what is no tag", () => {
    expect(chooseLanguage(["*", "!!", "zh"], "en", ["zh"])).toBe("zh");
    expect(chooseLanguage([], "en", ["zh"])).toBeNull();
  });
});
