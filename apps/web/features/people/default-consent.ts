/** What a new open link proposes. It goes out to readers of all languages, whichever the page of its writer is in. */
const consentTexts = {
  en: "You will compare answers written by language models. Your choices, how long they took and the name you give are stored and used to train and study language models. You can stop at any time. Some answers may be wrong or unpleasant; skip what you would rather not read.",
  zh: "你将比较语言模型写出的回答。你的选择、所用时间以及你填写的姓名会被保存，用于训练和研究语言模型。你可以随时停止。有些回答可能有误或令人不适，不想读的可以跳过。",
} as const;

/** The proposal in every language that pages have, the writer's first. */
export function defaultConsent(locale: "en" | "zh"): string {
  return [consentTexts[locale], consentTexts[locale === "en" ? "zh" : "en"]].join("\n\n");
}
