/** So many characters stand in one line of a table. */
const most = 60;

/** The beginning of a text in one line. What is cut off stands where the answer is shown in full. */
export function excerpt(text: string): string {
  const line = text.trim().replaceAll(/\s+/gu, " ");
  // Enough units for as many characters, whichever they are, so that a long text is not taken apart for its beginning.
  const characters = [...line.slice(0, 2 * most + 2)];
  return characters.length > most ? `${characters.slice(0, most).join("")}…` : line;
}
