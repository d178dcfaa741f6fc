/** A run of digits that a double may not hold: it is shown as it was written. */
const longNumber = /\d{16,}/;
const strings = /"(?:[^"\\]|\\.)*"/g;

/** JSON over several lines; a text that is none, or whose numbers would change by being read, as it stands. */
export function prettyJson(text: string): string {
  if (longNumber.test(text.replace(strings, ""))) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
