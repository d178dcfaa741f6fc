import { guidelineParts } from "../workbench/text/guideline-parts.ts";

/** About as much as is read at a glance, in characters; the rest of a long guideline unfolds. */
const glances = { en: 600, zh: 240 } as const;

export interface GuidelineGlance {
  readonly shown: readonly string[];
  /** What unfolds: the rest of the reader's part, and the other languages'. */
  readonly rest: readonly string[];
}

/** A guideline as somebody meets it who has not joined yet: their language first, cut between paragraphs where it is long. */
export function guidelineGlance(text: string, locale: "en" | "zh"): GuidelineGlance {
  const parts = guidelineParts(text, locale);
  const [own = "", ...others] = parts;
  if (text.length <= glances[locale]) return { shown: parts, rest: [] };
  const cut = endOfGlance(own, glances[locale]);
  return { shown: [own.slice(0, cut)], rest: [own.slice(cut), ...others].filter((part) => part.trim() !== "") };
}

/**
 * Between paragraphs, so that Markdown stays whole: as many as fit, but at least the first with its title. A title alone
 * unfolds along with what it is the title of.
 */
function endOfGlance(part: string, glance: number): number {
  const paragraphs = part.split("\n\n");
  const taken: string[] = [];
  for (const paragraph of paragraphs) {
    const length = [...taken, paragraph].join("\n\n").length;
    if (length > glance && !taken.every(isTitle)) break;
    taken.push(paragraph);
  }
  const rest = paragraphs.length - taken.length;
  while (rest > 0 && taken.length > 1 && isTitle(taken.at(-1) ?? "")) taken.pop();
  return taken.join("\n\n").length;
}

const isTitle = (paragraph: string): boolean => /^#{1,6}\s[^\n]*$/.test(paragraph);
