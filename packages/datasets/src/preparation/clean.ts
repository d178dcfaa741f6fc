import type { PreparationSpec } from "@touchstone/contracts";
import type { Step } from "./item.ts";
import { answersOfRow, mapTexts, promptOfRow } from "./row-texts.ts";

type Cleaning = PreparationSpec["clean"];

/** CRLF, CR, vertical tab, form feed, NEL and Unicode's own separators all end a line. */
const lineEnds = /\r\n?|[\v\f\u0085\u2028\u2029]/gu;
/**
 * What prints nothing and means nothing here: control characters but tab and newline, soft hyphens, zero-width spaces, byte order
 * marks, marks of direction, and code points that are no characters. Joiners stay (emoji and Indic scripts need them).
 */
const invisible =
  /[\p{Cc}\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\p{Noncharacter_Code_Point}/gu;
const kept = new Set(["\t", "\n"]);
/** Tag characters spell invisible ASCII; only in the flags of England, Scotland and Wales do they show. */
const hiddenTags = /(?<!\u{1f3f4}[\u{e0020}-\u{e007f}]*)[\u{e0000}-\u{e007f}]/gu;
/** Blanks of every width but the ideographic one, which indents Chinese paragraphs. */
const oddBlanks = /[\u00a0\u1680\u2000-\u200a\u202f\u205f]/gu;
/** Texts of these characters alone need none of the above. */
const plain = /^[\t\n\x20-\x7e\u3001\u3002\u4e00-\u9fff\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f]*$/u;

/** One text, cleaned. Cleaning again changes nothing. */
export function cleanText(text: string, { normalForm, whitespace }: Cleaning): string {
  let clean = text;
  if (!plain.test(text)) {
    clean = text
      .replace(lineEnds, "\n")
      .replace(invisible, (character) => (kept.has(character) ? character : ""))
      .replace(hiddenTags, "");
  }
  // After what was removed: letters that it kept apart may compose.
  if (normalForm !== "none") clean = clean.normalize(normalForm);
  return whitespace === "keep" ? clean : tidyBlanks(clean, whitespace === "collapse");
}

function tidyBlanks(text: string, collapse: boolean): string {
  let tidy = text.replace(oddBlanks, " ");
  if (collapse) tidy = tidy.replace(/[ \t\u3000]+/gu, " ");
  tidy = tidy.replace(/(?<![ \t\u3000])[ \t\u3000]+$/gmu, "");
  return tidy.replace(/\n{3,}/gu, "\n\n").trim();
}

/** Every text of every row. Rows of which nothing is left are dropped, as are prompts of which a turn became empty. */
export function cleaning(settings: Cleaning): Step {
  return (item, tell) => {
    const row = mapTexts(item.row, (text) => cleanText(text, settings));
    if (row === item.row) return item;
    const before = promptOfRow(item.row);
    if (promptOfRow(row).some(({ content }, turn) => content === "" && before[turn]?.content !== "")) {
      tell("a turn of the prompt is empty");
      return null;
    }
    const answers = answersOfRow(row);
    if (answers.length === 1 && answers[0] === "") {
      tell("the text is empty");
      return null;
    }
    tell("characters that do not show, other forms of letters, or blanks");
    return { ...item, row };
  };
}
