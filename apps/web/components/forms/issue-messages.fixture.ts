import type { FieldFault, ReadingReason, ReasonWord, RefusalReason } from "@touchstone/contracts";
import { createTranslator } from "next-intl";
import { en } from "../../messages/en.ts";
import { zh } from "../../messages/zh.ts";
import type { IssueMessages } from "./issue-text.ts";

/** The messages of a language as `useIssueMessages` gives them, without React. */
export function messagesOf(locale: "en" | "zh"): IssueMessages {
  const messages = locale === "en" ? en : zh;
  const { problems: texts } = messages;
  const t = createTranslator({ locale, messages });
  const blanks = { column: "", field: "", nearest: "", known: "", count: 0, values: "", message: "" };
  return {
    isEnglish: locale === "en",
    isReason: (code): code is ReadingReason => Object.hasOwn(texts.reasons, code),
    isRefusal: (code): code is RefusalReason => Object.hasOwn(texts.refusals, code),
    isFault: (fault): fault is FieldFault => Object.hasOwn(texts.fields, fault),
    isWord: (word): word is ReasonWord => Object.hasOwn(texts.words, word),
    reason: (code, values) => t(`problems.reasons.${code}`, { ...values }),
    refusal: (code, values) => t(`problems.refusals.${code}`, { ...values }),
    word: (word) => t(`problems.words.${word}`),
    warning: (code, values) => t(`imports.warnings.${code}`, { ...blanks, ...values }),
    field: (fault, values) => t(`problems.fields.${fault}`, { ...values }),
    line: (values) => t("problems.line", values),
    lineField: (values) => t("problems.lineField", values),
    named: (values) => t("problems.named", values),
  };
}
