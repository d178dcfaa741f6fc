import type { Range } from "../../text/cut-by.ts";

/**
 * What the keys step over in a text: words as the language has them, also where nothing stands between them, and each mark
 * of punctuation or emoji by itself. Blanks are passed over. Places are UTF-16 units.
 */
export interface TextUnits {
  /** The unit that holds a place, or the next one; null behind the last. */
  at(place: number): Range | null;
  /** The unit before a place. */
  before(place: number): Range | null;
}

export function unitsOf(text: string, language: string): TextUnits {
  const words = segmentsOf(text, language, "word");
  const rangeAt = (place: number): Range | null => {
    const found = place >= 0 && place < text.length ? words.containing(place) : undefined;
    return found ? [found.index, found.index + found.segment.length] : null;
  };
  const isBlank = ([start, end]: Range): boolean => text.slice(start, end).trim() === "";
  return {
    at(place) {
      let unit = rangeAt(place);
      while (unit && isBlank(unit)) unit = rangeAt(unit[1]);
      return unit;
    },
    before(place) {
      let unit = rangeAt(Math.min(place, text.length) - 1);
      while (unit && isBlank(unit)) unit = rangeAt(unit[0] - 1);
      return unit;
    },
  };
}

/**
 * A stretch as it was selected, without the blanks at its ends, which a double click takes along on some machines, and with
 * whole characters: an accent goes with its letter, and a family of emoji stays together. Null where nothing is left.
 */
export function wholeStretch(text: string, [from, to]: Range): Range | null {
  const selected = text.slice(from, to);
  const trimmed = selected.trim();
  if (trimmed === "") return null;
  const begins = from + selected.indexOf(trimmed);
  const characters = segmentsOf(text, "und", "grapheme");
  const last = characters.containing(begins + trimmed.length - 1);
  const start = characters.containing(begins)?.index ?? begins;
  return [start, last ? last.index + last.segment.length : begins + trimmed.length];
}

/** A tag that the browser doesn't know says nothing about words. */
function segmentsOf(text: string, language: string, granularity: "word" | "grapheme"): Intl.Segments {
  const known = Intl.Segmenter.supportedLocalesOf(language || "und");
  return new Intl.Segmenter(known, { granularity }).segment(text);
}
