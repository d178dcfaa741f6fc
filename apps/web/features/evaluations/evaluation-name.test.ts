import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import { messages } from "../../messages/index.ts";
import { nameOfEvaluation } from "./evaluation-name.ts";

const zh = createTranslator({ locale: "zh", messages: messages.zh, namespace: "evaluations" });

describe("nameOfEvaluation", () => {
  it("says the product's own names in the reader's language, and leaves a person's", () => {
    expect(nameOfEvaluation("Practice model · rloo against Practice model", zh)).toBe(
      "Practice model · rloo 对 Practice model",
    );
    expect(nameOfEvaluation("New policy against Practice model", zh)).toBe("新策略 对 Practice model");
    expect(nameOfEvaluation("Spring test", zh)).toBe("Spring test");
  });
});
