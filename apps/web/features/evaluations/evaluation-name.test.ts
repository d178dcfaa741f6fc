import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import { messages } from "../../messages/index.ts";
import { nameOfEvaluation } from "./evaluation-name.ts";

const zh = createTranslator({ locale: "zh", messages: messages.zh, namespace: "evaluations" });

describe("nameOfEvaluation", () => {
  it("says what is compared in the reader's language where nobody named it", () => {
    const policies = { candidateName: "Practice model · rloo", baselineName: "Practice model" };
    expect(nameOfEvaluation({ name: null, ...policies }, zh)).toBe("Practice model · rloo 对 Practice model");
    expect(nameOfEvaluation({ name: null, ...policies, candidateName: null }, zh)).toBe("新策略 对 Practice model");
    expect(nameOfEvaluation({ name: "Spring against autumn", ...policies }, zh)).toBe("Spring against autumn");
  });
});
