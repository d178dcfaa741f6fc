import type { TokenizerJson } from "./definition.ts";

/**
 * Noncharacters, which Unicode reserves for a program's own use and no text holds. A special token is spelled with the first
 * one inside the library, so that no content can spell it; the second breaks up what a template would read as one.
 */
const fence = "\ufdd0";
const breaker = "\ufdd1";
const reserved = /[\ufdd0\ufdd1]/g;

/** How the library knows a special token. */
const spellingOf = (id: number) => `${fence}${id}${fence}`;

/** Text from outside, with nothing in it that only we may say. */
export function withoutReserved(text: string): string {
  return text.replace(reserved, "\ufffd");
}

/** The tokenizer with its special tokens under names that no text can spell. @param specials id by content */
export function withFencedSpecials(tokenizer: TokenizerJson, specials: ReadonlyMap<string, number>): TokenizerJson {
  const rename = (piece: string) => {
    const id = specials.get(piece);
    return id === undefined ? piece : spellingOf(id);
  };
  const { model } = tokenizer;
  const added = tokenizer.added_tokens.filter(({ content }) => !specials.has(content));
  const kept = new Map(tokenizer.added_tokens.map((token) => [token.content, token]));
  const fenced = [...specials].map(([content, id]) => ({
    ...kept.get(content),
    id,
    content: spellingOf(id),
    special: true,
    normalized: false,
  }));
  return {
    ...tokenizer,
    added_tokens: [...added, ...fenced],
    model:
      model.type === "BPE"
        ? {
            ...model,
            vocab: Object.fromEntries(Object.entries(model.vocab).map(([piece, id]) => [rename(piece), id])),
            unk_token: model.unk_token == null ? model.unk_token : rename(model.unk_token),
          }
        : { ...model, vocab: model.vocab.map(([piece, score]): [string, number] => [rename(piece), score]) },
  };
}

/** Keeps special tokens that a template writes apart from those that content spells. */
export interface SpecialText {
  /** Content that a template may go through: it shows the same, and spells no special token, alone or with its surroundings. */
  harmless(content: string): string;
  /** A rendered text, its special tokens as the library knows them. */
  fenced(rendered: string): string;
  /** The first special token in a rendered text, and what stands before it. */
  first(rendered: string): { readonly before: string; readonly id: number } | undefined;
}

export function specialText(specials: ReadonlyMap<string, number>): SpecialText {
  const contents = [...specials.keys()].sort((a, b) => b.length - a.length);
  const escaped = contents.map((content) => content.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const any = new RegExp(escaped.length > 0 ? escaped.join("|") : "(?!)", "gu");
  const parts = (cut: (content: string, at: number) => string) =>
    new Set(contents.flatMap((content) => Array.from({ length: content.length - 1 }, (_, at) => cut(content, at + 1))));
  const beginnings = parts((content, at) => content.slice(0, at));
  const ends = parts((content, at) => content.slice(at));
  const longest = Math.max(0, ...contents.map((content) => content.length));
  const lengths = Array.from({ length: longest }, (_, at) => at + 1);

  return {
    harmless(content) {
      let text = withoutReserved(content);
      // Again, since what overlaps is found one at a time.
      for (let found = true; found; ) {
        found = false;
        text = text.replace(any, (special) => {
          found = true;
          const [first = ""] = special;
          return first + breaker + special.slice(first.length);
        });
      }
      if (lengths.some((length) => beginnings.has(text.slice(-length)))) text += breaker;
      if (lengths.some((length) => ends.has(text.slice(0, length)))) text = breaker + text;
      return text;
    },
    fenced: (rendered) =>
      rendered.replace(any, (special) => spellingOf(specials.get(special) ?? 0)).replaceAll(breaker, ""),
    first(rendered) {
      const [special] = rendered.match(any) ?? [];
      const id = special === undefined ? undefined : specials.get(special);
      return special === undefined || id === undefined
        ? undefined
        : { before: rendered.slice(0, rendered.indexOf(special)), id };
    },
  };
}
