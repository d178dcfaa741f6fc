import type { ImportRow } from "../import-row.ts";
import { hashText } from "../preparation/similarity/shingles.ts";
import { HashTable } from "./hash-table.ts";
import { hashOf, mostDistinct, type Occurrences, occurred, promptKey } from "./occurrences.ts";

/** What is kept once, of the first row that it is about: of a prompt, of a task, of an answer. */
type Kept = "language" | "source" | "gold" | "metadata" | "model";

/** What rows of a source can hold beside their tasks: of a million that can't, nothing need be kept. */
export interface HeldBeside {
  readonly gold: boolean;
  readonly metadata: boolean;
}

/**
 * The different prompts and answers of a file, and the rows that say something else of a prompt, a task or an answer than the
 * row before that is kept.
 */
export class FirstCounts {
  readonly found = new Map<Kept, Occurrences>();
  /** Rows whose prompt came before. */
  readonly repeatedPrompts: Occurrences = { count: 0, lines: [] };
  /** Answers that came before under the same prompt. */
  readonly repeatedAnswers: Occurrences = { count: 0, lines: [] };
  /** Its language and its source text. */
  readonly #prompts = new HashTable(2);
  /** Its model. */
  readonly #answers = new HashTable(1);
  /** Of a task: its known answer and its metadata. */
  readonly #tasks = new HashTable(2);
  readonly #hasBeside: boolean;
  readonly #promptAlone: boolean;

  /** @param promptAlone whether a row without answers is a task too */
  constructor({ gold, metadata }: HeldBeside = { gold: true, metadata: true }, promptAlone = false) {
    this.#hasBeside = gold || metadata;
    this.#promptAlone = promptAlone;
  }

  get prompts(): number {
    return this.#prompts.size;
  }

  get answers(): number {
    return this.#answers.size;
  }

  add(row: ImportRow, prompt = promptKey(row)): void {
    const { line, completions } = row;
    if (!this.#say(this.#prompts, prompt, line, [row.language, row.sourceText], ["language", "source"])) {
      occurred(this.repeatedPrompts, line);
    }
    if (this.#hasBeside && (completions.length > 0 || this.#promptAlone)) {
      const answers = completions.map(({ key }) => key).toSorted();
      const task = hashOf(JSON.stringify([row.itemId, prompt, answers]));
      const metadata = row.metadata === undefined ? null : JSON.stringify(row.metadata);
      this.#say(this.#tasks, task, line, [row.gold, metadata], ["gold", "metadata"]);
    }
    for (const { key, model } of completions) {
      const answer = hashOf(`${prompt}\n${key}`);
      if (!this.#say(this.#answers, answer, line, [model ?? null], ["model"])) occurred(this.repeatedAnswers, line);
    }
  }

  /** The first to come is kept, also where it says nothing. @returns whether this is the first */
  #say(table: HashTable, about: number, line: number, values: (string | null)[], kinds: readonly Kept[]): boolean {
    const before = table.find(about);
    if (before < 0) {
      if (table.size >= mostDistinct) return true;
      const place = table.add(about);
      for (const [at, value] of values.entries()) table.set(place, at, saidOf(value));
      return true;
    }
    for (const [at, what] of kinds.entries()) {
      const value = values[at] ?? null;
      if (value === null || table.at(before, at) === saidOf(value)) continue;
      const occurrences = this.found.get(what) ?? { count: 0, lines: [] };
      this.found.set(what, occurrences);
      occurred(occurrences, line);
    }
    return false;
  }
}

/** 0 says nothing. Two different words are taken for one once in four thousand million. */
function saidOf(value: string | null): number {
  return value === null ? 0 : hashText(value) || 1;
}
