import { RunErrorCode, RunFactCode } from "@touchstone/contracts";
import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import { messages } from "../../messages/index.ts";
import { nounFor, sentenceFor } from "./run-sentence.ts";

const en = createTranslator({ locale: "en", messages: messages.en, namespace: "runs" });
const zh = createTranslator({ locale: "zh", messages: messages.zh, namespace: "runs" });

describe("what a run says of itself", () => {
  it("has a sentence for every code, in every language", () => {
    for (const locale of ["en", "zh"] as const) {
      const { facts, errors } = messages[locale].runs;
      expect(Object.keys(facts).sort()).toEqual([...RunFactCode.options].sort());
      expect(Object.keys(errors).sort()).toEqual([...RunErrorCode.options].sort());
    }
  });

  it("is said with its figures in the reader's language", () => {
    const values = { noun: "比较", used: 1204, total: 1210 };
    expect(sentenceFor(zh, "facts.trained_on", values, "stored")).toBe("训练用了 1,210 条比较中的 1,204 条。");
  });

  it("stays as it was stored where the code is unknown, or a figure was not kept", () => {
    expect(sentenceFor<"facts.trained_on">(zh, undefined, {}, "stored")).toBe("stored");
    expect(sentenceFor(zh, "facts.trained_on", { used: 3 }, "stored")).toBe("stored");
  });

  it("stays as it was stored where a figure is not a number", () => {
    const values = { noun: "比较", used: "many", total: 1210 };
    expect(sentenceFor(zh, "facts.trained_on", values, "stored")).toBe("stored");
    expect(sentenceFor(zh, "facts.trained_on", { ...values, used: Number.NaN }, "stored")).toBe("stored");
  });

  it("is said in English where one wording of a plural begins with a word", () => {
    expect(sentenceFor(en, "errors.diverged", { step: 7 }, "stored")).toBe(
      "Training broke off at step 7: the figures ran out of bounds. A lower learning rate usually cures it.",
    );
    expect(sentenceFor(en, "facts.prompts_without_room", { count: 1, total: 9, context: 64 }, "stored")).toBe(
      "1 of 9 prompts leaves no room for an answer in 64 tokens and was left out.",
    );
  });

  it("counts one thing as one", () => {
    const said = (used: number, total: number) =>
      sentenceFor(en, "facts.trained_on", { noun: nounFor(en, "comparisons", { total }), used, total }, "stored");
    expect(said(1, 1)).toBe("Trained on 1 of 1 comparison.");
    expect(said(1, 12)).toBe("Trained on 1 of 12 comparisons.");
  });
});
