import { type Change, changesOf } from "../workbench/questions/written/changes.ts";
import { guessLanguage } from "../workbench/text/guess-language.ts";
import { guidelineParts } from "../workbench/text/guideline-parts.ts";

/**
 * What has changed in a guideline, word by word on its Markdown, the part in the reader's language first; undefined where
 * the two have too little in common to tell, and empty where nothing that can be read has changed.
 */
export function guidelineChanges(before: string, after: string, locale: "en" | "zh"): readonly Change[] | undefined {
  const [old, now] = [readable(before, locale), readable(after, locale)];
  if (old === now) return [];
  return changesOf(old, now, guessLanguage(now) || locale);
}

const readable = (text: string, locale: "en" | "zh"): string =>
  guidelineParts(text, locale)
    .map((part) => part.trim())
    .join("\n\n");

/** Each stretch with where it begins, by which it is known from one drawing to the next. */
export function placed(changes: readonly Change[]) {
  let at = 0;
  return changes.map((change, index) => {
    const begins = at;
    at += change.text.length;
    return { ...change, at: begins, first: index === 0, last: index === changes.length - 1 };
  });
}
