import type { ImportRow } from "../import-row.ts";
import { hashOf, mostDistinct, type Occurrences, occurred, promptKey } from "./occurrences.ts";

/** What is kept once, of the first row that it is about: of a prompt, of a task, of an answer. */
type Kept = "language" | "source" | "gold" | "model";

/** Finds rows that say something else of a prompt, a task or an answer than the row before that is kept. */
export class FirstCounts {
  readonly found = new Map<Kept, Occurrences>();
  readonly #known = new Map<number, number>();

  add(row: ImportRow): void {
    const prompt = promptKey(row);
    this.#say("language", `${prompt}`, row.language, row.line);
    this.#say("source", `${prompt}`, row.sourceText, row.line);
    const answers = row.completions.map(({ key }) => key).toSorted();
    if (answers.length > 0) this.#say("gold", JSON.stringify([row.itemId, prompt, answers]), row.gold, row.line);
    for (const { key, model } of row.completions) this.#say("model", `${prompt}\n${key}`, model ?? null, row.line);
  }

  /** The first to come is kept, also where it says nothing. */
  #say(what: Kept, about: string, value: string | null, line: number): void {
    const key = hashOf(`${what}\n${about}`);
    const said = value === null ? 0 : hashOf(value);
    const before = this.#known.get(key);
    if (before === undefined) {
      if (this.#known.size < mostDistinct) this.#known.set(key, said);
    } else if (value !== null && before !== said) {
      const occurrences = this.found.get(what) ?? { count: 0, lines: [] };
      this.found.set(what, occurrences);
      occurred(occurrences, line);
    }
  }
}
