/** One term of a search, as somebody has typed it. */
export interface SearchTerm {
  readonly text: string;
  /** `phrase`: its words one after the other; `start`: words that begin so; `all`: as it is. */
  readonly manner: "all" | "phrase" | "start";
  readonly excluded: boolean;
}

/** Each pair of quotes that keyboards write, straight, curved and Chinese; one that is never closed reaches to the end. */
const termPattern = /(-?)(?:"([^"]*)"?|“([^”]*)”?|「([^」]*)」?|(\S+))/gu;

/** What a search asks for: words, “phrases in quotes”, `-left out`, `begin*`. Anything else in it is text like any other. */
export function searchTerms(search: string): SearchTerm[] {
  return [...search.matchAll(termPattern)].flatMap((found) => termOf(found) ?? []);
}

function termOf([, minus, straight, curved, corner, word = ""]: RegExpExecArray): SearchTerm | undefined {
  const excluded = minus === "-";
  const phrase = straight ?? curved ?? corner;
  if (phrase !== undefined) return phrase.trim() === "" ? undefined : { text: phrase, manner: "phrase", excluded };
  if (word.length > 1 && word.endsWith("*")) return { text: word.slice(0, -1), manner: "start", excluded };
  return { text: word, manner: "all", excluded };
}
