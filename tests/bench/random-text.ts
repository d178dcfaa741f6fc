import { seededRandom } from "@touchstone/engine";

/** Letters a word has at least and at most. */
const [shortest, longest] = [3, 8];

/** Words of random letters: nothing to learn, yet enough of them for a tokenizer of thousands of pieces. */
export function randomText(words: number, seed: string): string {
  const random = seededRandom(seed);
  const letter = () => String.fromCharCode(97 + random.int(26));
  const word = () => Array.from({ length: shortest + random.int(longest - shortest + 1) }, letter).join("");
  return Array.from({ length: words }, word).join(" ");
}
