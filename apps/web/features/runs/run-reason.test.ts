import { type ReasonWord, reasonWords, type TrainingReason, trainingReasons } from "@touchstone/contracts";
import { createTranslator } from "next-intl";
import { describe, expect, it } from "vitest";
import { messages } from "../../messages/index.ts";
import { type RunReasonMessages, runErrorText } from "./run-reason.ts";

const t = createTranslator({ locale: "zh", messages: messages.zh });
const isWord = (word: unknown): word is ReasonWord => typeof word === "string" && Object.hasOwn(reasonWords, word);
const isReason = (code: string): code is TrainingReason => Object.hasOwn(trainingReasons, code);
const needs = (reason: string) =>
  [...(isReason(reason) ? trainingReasons[reason] : "").matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
const chinese: RunReasonMessages = {
  isEnglish: false,
  isReason,
  needs,
  reason: (reason, { kind = "", ...values }) =>
    isReason(reason)
      ? t(`runs.reasons.${reason}`, { ...values, kind: isWord(kind) ? t(`problems.words.${kind}`) : kind })
      : t(`problems.refusals.${reason}`, values),
};
const reasons = Object.keys(trainingReasons).filter(isReason);

describe("why a run ended, in Chinese", () => {
  it.each(reasons)("%s is said wholly in Chinese, with its values and no placeholder", (reason) => {
    const values = Object.fromEntries(
      needs(reason).map((name, at) => [name, name === "kind" ? "policyToTune" : at + 7]),
    );
    const stored = "The English sentence.";
    const { detail } = runErrorText({ code: "bad_model_files", message: stored, reason, values }, () => "", chinese);
    expect(detail).toMatchObject({
      isTranslated: true,
      text: expect.stringMatching(/[\u4e00-\u9fff].*。|[\u4e00-\u9fff].*”$/),
    });
    expect(detail?.text).not.toMatch(/[{}]|undefined|NaN|English sentence|runs\.reasons/);
    expect(detail?.text).not.toBe(trainingReasons[reason]);
  });

  it("names the setting and what there is", () => {
    const values = { metric: "accuracy", known: "heldout.loss" };
    const error = { code: "wrong_settings", message: "In English.", reason: "figureUnknown", values };
    expect(runErrorText(error, () => "有一项设置不合适。", chinese)).toEqual({
      text: "有一项设置不合适。",
      detail: {
        text: "earlyStopping.metric：这次运行的查看中没有“accuracy”这项指标。现有的指标：heldout.loss。",
        isTranslated: true,
      },
    });
    const missing = {
      code: "wrong_model",
      message: "In English.",
      reason: "policyMissing",
      values: { kind: "klReference" },
    };
    expect(runErrorText(missing, () => "缺少模型。", chinese).detail?.text).toBe("这次运行需要 KL 的参照策略。");
  });

  it("is the reason alone where the sentence of the code is not whole", () => {
    const error = { code: "one_class", message: "In English.", reason: "ktoAllWanted", values: { count: 12 } };
    const said = runErrorText(error, (stored) => stored, chinese);
    expect(said).toEqual({ text: "全部 12 个回答都是想要的：KTO 需要两种回答都有。", detail: undefined });
  });

  it("stays English where the run is older than reasons, newer than the page, or lacks a value", () => {
    const old = { code: "bad_checkpoint", message: "The checkpoint is damaged.", values: {} };
    const detail = { text: old.message, isTranslated: false };
    for (const error of [old, { ...old, reason: "newer" }, { ...old, reason: "fileKey", values: { file: "x" } }]) {
      expect(runErrorText(error, () => "检查点无法使用。", chinese)).toEqual({ text: "检查点无法使用。", detail });
    }
    expect(runErrorText({ ...old, code: "cancelled" }, () => "运行已取消。", chinese).detail).toBeUndefined();
  });
});
