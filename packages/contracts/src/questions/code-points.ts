/**
 * Places in a text are told apart from outside by code points, so that every language counts them alike; strings here are
 * of UTF-16 units, of which “😀” has two.
 */

/** How many code points stand before a unit. */
export function characterAt(text: string, unit: number): number {
  let characters = 0;
  for (let at = 0; at < unit; at += widthAt(text, at)) characters += 1;
  return characters;
}

/** At which unit a code point begins; the text's length where it has fewer. */
export function unitAt(text: string, character: number): number {
  let unit = 0;
  for (let passed = 0; passed < character && unit < text.length; passed++) unit += widthAt(text, unit);
  return unit;
}

/** Half a pair, as no text from outside can have it, counts for itself. */
function widthAt(text: string, unit: number): 1 | 2 {
  return (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1;
}
