/**
 * Faster than this nobody reads, whatever the script. A letter is one of any alphabet, with the spaces between words; a
 * Chinese character, a kana or a Korean syllable says as much as several and is taken for three.
 *
 * 120 a second are 1,200 English words a minute (of five letters and a space), five times the 238 that adults read silently
 * in the mean (Brysbaert, “How many words do we read per minute?”, Journal of Memory and Language 109, 2019), and 2,400
 * Chinese characters a minute, nine times the 255 of the IReST texts (Trauzettel-Klosinski and Dietz, Investigative
 * Ophthalmology & Visual Science 53, 2012). A fast reader is far below; a press that looked at nothing is far above.
 */
export const lettersPerSecond = 120;

/** What one character of these scripts weighs: Han, kana, hangul. SQL's `letters_of` says the same. */
const dense = /[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\u{20000}-\u{3ffff}]/gu;
const lettersOfDense = 3;

/** How many letters a text has to read. Code points are counted, never bytes: Russian and Hindi are read as English is. */
export function lettersOf(text: string): number {
  let characters = 0;
  for (const _ of text) characters += 1;
  return characters + (lettersOfDense - 1) * (text.match(dense)?.length ?? 0);
}

/** The milliseconds that it takes at least to read so many letters. */
export function leastReadingMs(letters: number): number {
  return (letters * 1000) / lettersPerSecond;
}

/**
 * Whether a decision was made in less time than anybody takes to read the answers that it is about. At exactly the bound it
 * was not. Only texts count: nobody knows how long a picture takes, and a sound can be judged before its end. The prompt is
 * left out, for the same one may have come before.
 *
 * @param visibleMs how long the task was in sight before the decision
 * @param letters those of the answers that were new to the person: none of a repeat, a correction, or one made after an undo
 */
export function isFasterThanReading(visibleMs: number, letters: number): boolean {
  return visibleMs < leastReadingMs(letters);
}
