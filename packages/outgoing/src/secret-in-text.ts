/** Shorter ones are placeholders that servers without keys are given (“ollama”, “EMPTY”), and words besides. */
const shortestSecret = 16;
/** Of a key, as many characters in a row tell that a text quotes it: addresses leave out the middle when they quote one. */
const piece = 6;

/** As it stands, and as a header, an address or a log may carry it. */
function formsOf(key: string): string[] {
  const bytes = Buffer.from(key);
  return [key, encodeURIComponent(key), bytes.toString("base64").replace(/=+$/, ""), bytes.toString("hex")];
}

/** Whether a text holds a whole API key. */
export function holdsKey(text: string, key: string | null): boolean {
  if (key === null || key.length < shortestSecret) return false;
  return formsOf(key).some((form) => text.includes(form));
}

/** Whether a text holds so much of an API key, from any place in it, that it may be a quotation. */
export function holdsPieceOfKey(text: string, key: string | null): boolean {
  if (key === null || key.length < shortestSecret) return false;
  return formsOf(key).some((form) =>
    Array.from({ length: form.length - piece + 1 }, (_, at) => form.slice(at, at + piece)).some((part) =>
      text.includes(part),
    ),
  );
}

/** How many characters at the end of a text may be the beginning of an API key: nobody is to see them until more is known. */
export function beginningOfKey(text: string, key: string | null): number {
  if (key === null || key.length < shortestSecret) return 0;
  const ends = formsOf(key).map((form) => {
    const longest = Math.min(form.length - 1, text.length);
    for (let length = longest; length > 0; length--) if (text.endsWith(form.slice(0, length))) return length;
    return 0;
  });
  return Math.max(...ends);
}
