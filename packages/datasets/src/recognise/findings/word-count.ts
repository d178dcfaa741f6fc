/** The first characters of scripts without blanks between words: Thai, Lao, Khmer, kana, Han. One range holds most of each. */
const unspaced = (code: number) =>
  (code >= 0x3040 && code <= 0x30ff) ||
  (code >= 0x3400 && code <= 0x9fff) ||
  (code >= 0xf900 && code <= 0xfaff) ||
  (code >= 0x0e00 && code <= 0x0eff) ||
  (code >= 0x1780 && code <= 0x17ff);

/** Blanks, tabs and line ends, the no-break blank and the blanks of Chinese and typography. */
const blank = (code: number) => code <= 0x20 || code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x200b);

/**
 * The words of a text: what stands between blanks, and every character of a script that puts none. A loop over the
 * text's units: an import counts those of gigabytes.
 */
export function countWords(text: string): number {
  let words = 0;
  let within = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (blank(code)) within = false;
    else if (unspaced(code)) {
      words += 1;
      within = false;
    } else if (!within && !isStop(code)) {
      words += 1;
      within = true;
    }
  }
  return words;
}

/** Punctuation of Chinese is no word of its own. */
const isStop = (code: number) => (code >= 0x3001 && code <= 0x303f) || (code >= 0xff00 && code <= 0xff0f);
