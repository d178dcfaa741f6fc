import type { ImportRow } from "../import-row.ts";
import { HashTable } from "./hash-table.ts";
import { hashOf, mostDistinct, type Occurrences, occurred } from "./occurrences.ts";

/** Characters of an id that a sentence shows. */
const longestShown = 100;

/**
 * Rows that carry the own id of an earlier row and say something else. Each is imported as a task of its own, for an id may
 * as well name a prompt; but whoever joins on ids afterwards would take one row for another.
 */
export class RowIds {
  /** Rows whose id stood with another prompt. */
  readonly otherPrompt: Occurrences = { count: 0, lines: [] };
  /** Rows whose id stood with the same prompt and other answers: so ids of prompts look. */
  readonly otherAnswers: Occurrences = { count: 0, lines: [] };
  /** The first id that stood with another prompt. */
  firstOfOtherPrompt = "";
  /** Of each id: its prompt and its answers, as first met, 32 bits of a hash each. */
  readonly #met = new HashTable(2);

  /** @param prompt the row's prompt as `promptKey` tells it apart */
  add({ itemId, completions, line }: ImportRow, prompt: number): void {
    if (itemId === null) return;
    const id = hashOf(itemId);
    const answers = hashOf(JSON.stringify(completions.map(({ key }) => key).toSorted()));
    const place = this.#met.find(id);
    if (place < 0) {
      if (this.#met.size < mostDistinct) this.#keep(id, prompt, answers);
      return;
    }
    if (this.#met.at(place, 0) !== prompt >>> 0) {
      if (this.otherPrompt.count === 0) this.firstOfOtherPrompt = itemId.slice(0, longestShown);
      occurred(this.otherPrompt, line);
    } else if (this.#met.at(place, 1) !== answers >>> 0) occurred(this.otherAnswers, line);
  }

  #keep(id: number, prompt: number, answers: number): void {
    const place = this.#met.add(id);
    this.#met.set(place, 0, prompt);
    this.#met.set(place, 1, answers);
  }
}
