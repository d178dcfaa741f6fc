import { FitNoun, FitUnknown, type LabelFitCounts, type LabelFitView } from "@touchstone/contracts";
import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import { messages } from "../../messages/index.ts";
import { type FitSight, fitSight } from "./fit-sight.ts";
import { fitText } from "./fit-words.ts";

const en = createTranslator({ locale: "en", messages: messages.en, namespace: "runs" });
const zh = createTranslator({ locale: "zh", messages: messages.zh, namespace: "runs" });
const inEnglish = ({ sentences }: FitSight) => fitText(sentences, en, "en");
const inChinese = ({ sentences }: FitSight) => fitText(sentences, zh, "zh");

/** 1,039 comparisons for training and a hundred held out, as many as were looked at. */
function counted(counts: Partial<LabelFitCounts> = {}): LabelFitView {
  const { tooLong = 0, identical = 0 } = counts;
  return {
    state: "counted",
    context: 128,
    rows: { total: 1_139, looked: 1_139 },
    training: 1_039,
    heldOut: 100,
    promptsCut: 0,
    selfNamed: 0,
    used: 1_039 - tooLong - identical,
    tooLong,
    identical,
    ...counts,
  };
}
const asked = { noun: "comparisons" as const, minimum: 32, includeSimulated: true };

describe("what a form says of labels before a launch", () => {
  it("is how many fit", () => {
    const sight = fitSight(counted(), asked);
    expect(sight.level).toBe("quiet");
    expect(inEnglish(sight)).toBe(
      "All 1,039 comparisons for training fit the model’s context of 128 tokens. 100 more are held out, to measure on.",
    );
    expect(inChinese(sight)).toBe(
      "可供训练的 1,039 条比较都放得进模型 128 个词元的上下文。另有 100 条留出，仅用于测量。",
    );
  });

  it("names answers in which a model says what it is, before anything learns to say it", () => {
    const sight = fitSight(counted({ heldOut: 0, selfNamed: 3 }), asked);
    expect(inEnglish(sight)).toContain("In 3 answers a model says what it is: what learns from them may say so");
    expect(inChinese(sight)).toContain("其中 3 个回答说出了自己是哪个模型");
  });

  it("is how many are left out or cut, why, and what would keep them", () => {
    const sight = fitSight(counted({ tooLong: 280, identical: 1, promptsCut: 12, heldOut: 0 }), asked);
    expect(sight.level).toBe("attention");
    expect(inEnglish(sight)).toBe(
      "758 of 1,039 comparisons for training will be learned from; the model’s context is 128 tokens. 280 are longer than that and will be left out. 1 will be left out because its two answers are the same text to the model. Of 12 of those used the beginning of the prompt will be cut off. A policy with a longer context, or shorter texts, would keep them whole.",
    );
    expect(inChinese(sight)).toBe(
      "可供训练的 1,039 条比较中，会用到 758 条；模型的上下文为 128 个词元。280 条超出上下文，会略去。1 条的两个回答对模型来说是同一段文本，会略去。用到的当中，12 条的提示词开头会被截去。换用上下文更长的策略，或改用较短的文本，就能完整保留。",
    );
  });

  it("refuses a launch for which nothing fits, with the cure", () => {
    const sight = fitSight(counted({ tooLong: 1_039 }), asked);
    expect(sight.level).toBe("refused");
    expect(inEnglish(sight)).toBe(
      "Only 0 of 1,039 comparisons fit the model’s context of 128 tokens, which is too few to train on. A policy with a longer context, or shorter texts, would keep them whole.",
    );
    expect(inChinese(sight)).toContain("不足以训练。换用上下文更长的策略");
  });

  it("refuses a launch with fewer labels than it needs, and says whether simulated ones are missing", () => {
    const few = counted({ training: 12, used: 12 });
    expect(inEnglish(fitSight(few, asked))).toBe("There are 12 comparisons to train on; at least 32 are needed.");
    const sight = fitSight(few, { ...asked, includeSimulated: false });
    expect(sight.level).toBe("refused");
    expect(inEnglish(sight)).toContain("Simulated judgements are not counted in.");
    expect(inChinese(sight)).toContain("模拟标注未计入。");
  });

  it("says that it is a sample, and does not refuse what the rest may make up for", () => {
    const rows = { total: 51_230, looked: 5_000 };
    const sight = fitSight(counted({ rows, training: 40, used: 20, tooLong: 20, heldOut: 0 }), asked);
    expect(sight.level).toBe("attention");
    expect(inEnglish(sight)).toContain("Counted on an even sample: 5,000 of 51,230 judgements.");
    expect(inChinese(sight)).toContain("共 51,230 条标注，查看了 5,000 条");
  });

  it("says of prompts what has no room", () => {
    const sight = fitSight(counted({ tooLong: 3, heldOut: 0 }), { ...asked, noun: "prompts", minimum: 1 });
    expect(inEnglish(sight)).toContain("3 leave no room for an answer and will be left out.");
    expect(inEnglish(sight)).toContain("shorter prompts");
  });

  it("is that it is not known, and why, in both languages", () => {
    for (const why of FitUnknown.options) {
      for (const noun of FitNoun.options) {
        const sight = fitSight({ state: "unknown", why }, { ...asked, noun });
        expect(sight.level).toBe("attention");
        expect(inEnglish(sight)).toMatch(/^How many \w+ fit the model’s context is not known/);
        expect(inChinese(sight)).toMatch(/尚不知道|无法得知/);
      }
    }
    expect(inEnglish(fitSight({ state: "unknown", why: "no_worker" }, asked))).toContain("no worker is running");
  });

  it("waits while it is counted", () => {
    expect(inEnglish(fitSight(undefined, asked))).toBe("Counting how many comparisons fit the model’s context…");
    expect(fitSight({ state: "counting" }, asked)).toEqual(fitSight(undefined, asked));
  });
});
