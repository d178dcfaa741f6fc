import { useLocale, useMessages, useTranslations } from "next-intl";
import { type IssueMessages, warningBlanks, wordsOfPage } from "./issue-text.ts";

/** The messages of the page's language that issues are said by. */
export function useIssueMessages(): IssueMessages {
  const locale = useLocale();
  const { problems: texts, imports } = useMessages();
  const problems = useTranslations("problems");
  const reasons = useTranslations("problems.reasons");
  const refusals = useTranslations("problems.refusals");
  const words = useTranslations("problems.words");
  const fields = useTranslations("problems.fields");
  const warnings = useTranslations("imports.warnings");
  return {
    isEnglish: locale === "en",
    ...wordsOfPage(texts, imports),
    reason: (code, values) => reasons(code, { ...values }),
    refusal: (code, values) => refusals(code, { ...values }),
    word: (word) => words(word),
    warning: (code, values) => warnings(code, { ...warningBlanks, ...values }),
    field: (fault, values) => fields(fault, { ...values }),
    line: (values) => problems("line", values),
    lineField: (values) => problems("lineField", values),
    named: (values) => problems("named", values),
  };
}
