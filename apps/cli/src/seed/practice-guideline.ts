import type { Locale } from "@touchstone/contracts";

/** What a new practice project says of its judgements; one that is there keeps its own. */
export const practiceGuideline: Record<Locale, string> = {
  en: "These prompts come from a small made-up world, and a small practice model answers them. Prefer the answer that does what was asked: the right fact, a faithful translation, a story with the things it was given. Good grammar counts after that. If neither is any use, say so.",
  zh: "这些提示词来自一个虚构的小世界，由一个小小的练习模型作答。请选更切题的回答：事实正确、译得忠实、故事用上了给定的内容。其次再看语法。两个都不行，就如实说。",
};
