import type { ReceiptFindings } from "@touchstone/contracts";
import type { ImportRow } from "../../import-row.ts";
import { nearlyRepeated } from "../../preparation/similarity/nearly-repeated.ts";
import { jaccard, shinglesOf } from "../../preparation/similarity/shingles.ts";
import { HashTable } from "../hash-table.ts";
import { type Occurrences, occurred } from "../occurrences.ts";
import { countWords } from "./word-count.ts";

/** How alike two texts are called nearly the same: as the preparation of rows for training has it. */
const nearly = 0.8;
/** Words of a shingle. */
const shingle = 3;
/** Of each text so many characters are compared, so that an entry takes at most some kilobytes. */
const compared = 4_000;
const mostExamples = 10;

/** Prompts that are nearly an earlier one, and rows in which two answers are nearly one text. */
export class Likeness {
  rows = 0;
  readonly #answers: Occurrences = { count: 0, lines: [] };
  /** Of each different prompt: its shingles, and its line. */
  readonly #prompts: Uint32Array[] = [];
  readonly #lines: number[] = [];
  readonly #known = new HashTable();

  /** @param prompt the row's `promptKey` */
  add(row: ImportRow, prompt: number): void {
    this.rows += 1;
    this.#addPrompt(row, prompt);
    if (hasNearlyEqual(row)) occurred(this.#answers, row.line);
  }

  /** @param of rows that can be taken, the compared ones among them */
  view(of: number): ReceiptFindings["near"] {
    const repeated = nearlyRepeated(this.#prompts, nearly);
    const examples = repeated.slice(0, mostExamples).map(({ set, like, similarity }) => ({
      line: this.#lines[set] ?? 0,
      like: this.#lines[like] ?? 0,
      // Down, so that two texts that differ are never said to be wholly alike.
      similarity: Math.floor(100 * similarity) / 100,
    }));
    return {
      threshold: nearly,
      compared: this.rows,
      of,
      prompts: repeated.length,
      examples,
      answers: this.#answers,
    };
  }

  #addPrompt(row: ImportRow, key: number): void {
    // The same prompt again is no near one.
    if (this.#known.has(key)) return;
    this.#known.add(key);
    const text = row.prompt.map(({ content }) => content).join("\n\n");
    this.#prompts.push(shinglesOf(text.slice(0, compared), shingle));
    this.#lines.push(row.line);
  }
}

/** Answers beyond these are not compared with each other: each with each takes the square of them. */
const mostAnswers = 8;

function hasNearlyEqual({ completions }: ImportRow): boolean {
  const texts = [...new Set(completions.flatMap(({ text }) => text ?? []))].slice(0, mostAnswers);
  const sizes = texts.map((text) => ({ text: text.slice(0, compared), words: countWords(text) }));
  const made = new Map<string, Uint32Array>();
  const shinglesIn = (text: string) => {
    const shingles = made.get(text) ?? shinglesOf(text, shingle);
    made.set(text, shingles);
    return shingles;
  };
  return sizes.some((one, at) =>
    sizes.slice(at + 1).some((other) => {
      const [fewer, more] = [Math.min(one.words, other.words), Math.max(one.words, other.words)];
      // Of two short answers a word more or less is all the difference.
      if (fewer < fewestWords || fewer < nearly * more * 0.9) return false;
      return jaccard(shinglesIn(one.text), shinglesIn(other.text)) >= nearly;
    }),
  );
}

const fewestWords = 5;
