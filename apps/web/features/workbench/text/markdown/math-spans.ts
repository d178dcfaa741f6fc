/** A formula in a text, without its marks. */
export interface MathSpan {
  readonly tex: string;
  /** On a line of its own. */
  readonly display: boolean;
  /** As it was written, marks and all. */
  readonly source: string;
}

/** A text in which every formula is one word that Markdown leaves alone. */
export interface ProtectedText {
  readonly text: string;
  readonly spans: readonly MathSpan[];
}

// Letters of the private use area, which no keyboard writes: open, close, and the ten digits between them.
const [open, close, zero] = ["\uE000", "\uE001", 0xe010];
const privateLetters = /[\uE000-\uE019]/;
const placeholder = /\uE000([\uE010-\uE019]+)\uE001/g;

/**
 * The marks of formulas: `$$…$$`, `\[…\]`, `\(…\)` and `$…$` on one line. None reaches over a backquote, so that none
 * begins before a piece of code and ends after it; a mark with a backslash before it is a letter like any other.
 */
const formulas =
  /(?<![\\$])\$\$(?<block>[^`$]+?)(?<!\\)\$\$(?!\$)|(?<!\\)\\\[(?<bracket>[^`]+?)(?<!\\)\\\]|(?<!\\)\\\((?<paren>[^`]+?)(?<!\\)\\\)|(?<![\\$])\$(?<dollar>[^\s$`](?:[^$`\n]*[^\s$`\\])?)\$(?![\d$])/g;

/** Puts a word in the place of every formula, so that its stars and underscores are not read as emphasis. */
export function protectMath(text: string): ProtectedText {
  const spans: MathSpan[] = [];
  if (privateLetters.test(text)) return { text, spans };
  const withWords = text.replace(formulas, (source: string, ...rest: unknown[]) => {
    const { block, bracket, paren, dollar } = namedGroups(rest.at(-1));
    const tex = (block ?? bracket ?? paren ?? dollar ?? "").trim();
    const after = text.charAt(Number(rest.at(-3)) + source.length);
    if (tex === "" || (dollar === undefined ? readsAsProse(tex) : isNoFormula(dollar, after))) return source;
    const number = [...String(spans.length)].map((digit) => String.fromCharCode(zero + Number(digit))).join("");
    spans.push({ tex, source, display: block !== undefined || bracket !== undefined });
    return `${open}${number}${close}`;
  });
  return { text: withWords, spans };
}

function namedGroups(groups: unknown): Partial<Record<"block" | "bracket" | "paren" | "dollar", string>> {
  return typeof groups === "object" && groups !== null ? groups : {};
}

/** Cuts a piece of a protected text into its words and its formulas, in order. */
export function cutAtMath(piece: string, spans: readonly MathSpan[]): readonly (string | MathSpan)[] {
  const parts: (string | MathSpan)[] = [];
  let at = 0;
  for (const match of piece.matchAll(placeholder)) {
    const span = spans[numberOf(match[1] ?? "")];
    if (!span) continue;
    parts.push(piece.slice(at, match.index), span);
    at = match.index + match[0].length;
  }
  return [...parts, piece.slice(at)].filter((part) => part !== "");
}

/** A piece of a protected text as it was written. */
export function restoreMath(piece: string, spans: readonly MathSpan[]): string {
  if (spans.length === 0) return piece;
  return cutAtMath(piece, spans)
    .map((part) => (typeof part === "string" ? part : part.source))
    .join("");
}

const numberOf = (letters: string): number =>
  Number([...letters].map((letter) => letter.charCodeAt(0) - zero).join(""));

const signsOfFormulas = /[\\^_={}<>]/;

/** Single dollars mean money and variables of a shell more often than formulas. */
function isNoFormula(inside: string, after: string): boolean {
  if (hasWords(inside)) return true;
  // "$5 and 10$": beside a digit it is money, unless the rest can only be a formula ("$2x$", "$3 = y$").
  if (/^\d/.test(inside)) return !signsOfFormulas.test(inside) && !/\d[a-z]|[a-z]\s*[+\-*/]/i.test(inside);
  // "$HOME:$PATH", but "$n$th".
  return /\p{L}/u.test(after) && inside.length > 2 && !signsOfFormulas.test(inside);
}

/** Words between marks that happen to be the marks of formulas: "\[see above\]". */
function readsAsProse(tex: string): boolean {
  return hasWords(tex) && !signsOfFormulas.test(tex);
}

function hasWords(tex: string): boolean {
  const named = /\\(?:text\w*|math[a-z]+|operatorname\*?|begin|end|tag)\s*\{[^{}]*\}/g;
  const words = tex.replace(named, " ").split(/[\s,;:.!?()]+/);
  return (
    words.length > 1 && words.some((word) => /^(?:\p{L}{3,}|\p{Lo}{2,})$/u.test(word) && /\p{Ll}|\p{Lo}/u.test(word))
  );
}
