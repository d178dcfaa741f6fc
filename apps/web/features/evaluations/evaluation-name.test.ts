import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import { messages } from "../../messages/index.ts";
import { nameOfEvaluation } from "./evaluation-name.ts";

const zh = createTranslator({ locale: "zh", messages: messages.zh, namespace: "evaluations" });
const policy = (number: number) => ({
  id: "",
  kind: "policy" as const,
  number,
  name: "",
  practice: false,
  trainer: null,
  givenName: null,
});

describe("nameOfEvaluation", () => {
  it("says what is compared in the reader's language where nobody named it", () => {
    const policies = { candidate: policy(2), baseline: policy(1) };
    expect(nameOfEvaluation({ name: null, ...policies }, zh)).toBe("P-2 对 P-1");
    expect(nameOfEvaluation({ name: null, ...policies, candidate: null }, zh)).toBe("新策略 对 P-1");
    expect(nameOfEvaluation({ name: null, ...policies, others: [policy(3), policy(4)] }, zh)).toBe(
      "P-2、P-1 和另外 2 个策略",
    );
    const bestOf = { samples: 4, reward: { ...policy(3), kind: "reward" as const } };
    expect(nameOfEvaluation({ name: null, ...policies, bestOf }, zh)).toBe("P-2（由 RM-3 从 4 个中选优）对 P-1");
    expect(nameOfEvaluation({ name: "Spring against autumn", ...policies }, zh)).toBe("Spring against autumn");
  });
});
