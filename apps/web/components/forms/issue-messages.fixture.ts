import { createTranslator } from "next-intl";
import { en } from "../../messages/en.ts";
import { zh } from "../../messages/zh.ts";
import { type IssueMessages, warningBlanks, wordsOfPage } from "./issue-text.ts";

/** The messages of a language as `useIssueMessages` gives them, without React. */
export function messagesOf(locale: "en" | "zh"): IssueMessages {
  const messages = locale === "en" ? en : zh;
  const t = createTranslator({ locale, messages });
  return {
    isEnglish: locale === "en",
    ...wordsOfPage(messages.problems, messages.imports),
    reason: (code, values) => t(`problems.reasons.${code}`, { ...values }),
    refusal: (code, values) => t(`problems.refusals.${code}`, { ...values }),
    word: (word) => t(`problems.words.${word}`),
    warning: (code, values) => t(`imports.warnings.${code}`, { ...warningBlanks, ...values }),
    field: (fault, values) => t(`problems.fields.${fault}`, { ...values }),
    line: (values) => t("problems.line", values),
    lineField: (values) => t("problems.lineField", values),
    named: (values) => t("problems.named", values),
  };
}
