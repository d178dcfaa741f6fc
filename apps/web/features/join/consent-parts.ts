import { guessLanguage } from "../workbench/text/guess-language.ts";

/** A consent text as one reader meets it. Nothing of it is left out: people agree to all that stands there. */
export interface ConsentParts {
  /** In the reader's language; empty where it has none. */
  readonly own: string;
  readonly others: string;
}

/**
 * A consent text in several languages holds them one after the other, in paragraphs. Those in the reader's language come
 * first, each group in the order it was written.
 */
export function consentParts(text: string, locale: "en" | "zh"): ConsentParts {
  const paragraphs = text.split(/\r?\n(?:[^\S\r\n]*\r?\n)+/).filter((paragraph) => paragraph.trim() !== "");
  const isReaders = (paragraph: string): boolean => (guessLanguage(paragraph) === "zh-Hans") === (locale === "zh");
  return {
    own: paragraphs.filter(isReaders).join("\n\n"),
    others: paragraphs.filter((paragraph) => !isReaders(paragraph)).join("\n\n"),
  };
}
