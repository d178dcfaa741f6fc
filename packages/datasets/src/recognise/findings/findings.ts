import type { DomainError, ReceiptFindings } from "@touchstone/contracts";
import type { ImportRow } from "../../import-row.ts";
import { type LanguageOf, languageDetector } from "../../preparation/language.ts";
import { HashTable } from "../hash-table.ts";
import { hashOf, mostDistinct, type Occurrences, occurred, promptKey } from "../occurrences.ts";
import type { Tally } from "../tally.ts";
import { LeftOut } from "./left-out.ts";
import { Lengths } from "./lengths.ts";
import { Likeness } from "./likeness.ts";
import { PersonalData } from "./personal.ts";
import { SelfNamed } from "./self-named.ts";

/** More rows than these are compared, and their languages told, by an even sample: some seconds and megabytes at most. */
export const mostCompared = 20_000;
/** Characters of a text that its language is told from. */
const languageFrom = 1_000;

/** What a receipt finds in rows beside what would come of them, in time by their bytes. */
export class Findings {
  readonly #every: number;
  readonly #languageOf: LanguageOf;
  #taken = 0;
  readonly #rows = new HashTable();
  readonly #repeated: Occurrences = { count: 0, lines: [] };
  readonly #empty: Occurrences = { count: 0, lines: [] };
  readonly #prompts = new Lengths();
  readonly #answers = new Lengths();
  readonly #preferred = { longer: 0, shorter: 0, equal: 0 };
  readonly #languages = { en: 0, zh: 0, other: 0, unknown: 0 };
  readonly #likeness = new Likeness();
  readonly #personal = new PersonalData();
  readonly #named = new SelfNamed();
  readonly #leftOut = new LeftOut();

  private constructor(rows: number, languageOf: LanguageOf) {
    this.#every = Math.max(1, Math.ceil(rows / mostCompared));
    this.#languageOf = languageOf;
  }

  /** @param rows of the file, for an even sample of them */
  static async open(rows: number): Promise<Findings> {
    return new Findings(rows, await languageDetector());
  }

  /** A row that can be taken. */
  add(row: ImportRow, prompt = promptKey(row)): void {
    const { line, completions } = row;
    const answers = completions.flatMap(({ text }) => text ?? []);
    const asked = row.prompt.map(({ content }) => content);
    this.#addRow(row, prompt);
    this.#prompts.add(asked, line);
    for (const { text, media, model } of completions) {
      if (text === null) continue;
      if (text.trim() === "" && media === undefined) occurred(this.#empty, line);
      this.#answers.add([text], line);
      this.#named.add(text, model, line);
    }
    this.#addPreferred(row);
    this.#personal.add([...asked, ...answers, ...wordsOfPeople(row)], line);
    if (this.#taken % this.#every === 0) {
      this.#likeness.add(row, prompt);
      const texts = [...asked, ...answers].map((text) => text.slice(0, languageFrom));
      this.#languages[this.#languageOf(texts.slice(0, mostTexts).join("\n"))] += 1;
    }
    this.#taken += 1;
  }

  /** A row that cannot be taken. */
  leaveOut(problem: DomainError, line: number): void {
    this.#leftOut.add(problem, line);
  }

  view(tally: Tally): ReceiptFindings {
    return {
      repeated: {
        rows: this.#repeated,
        prompts: tally.firstCounts.repeatedPrompts,
        answers: tally.firstCounts.repeatedAnswers,
      },
      identicalPairs: tally.identical,
      near: this.#likeness.view(this.#taken),
      emptyAnswers: this.#empty,
      votes: {
        contradicting: tally.contradicting,
        judgedBySeveral: tally.judgedBySeveral,
        disagreeing: tally.disagreeing,
      },
      named: this.#named.view(),
      personal: this.#personal.view(),
      lengths: { prompts: this.#prompts.view(), answers: this.#answers.view(), preferred: this.#preferred },
      languages: this.#languages,
      leftOut: this.#leftOut.view(),
    };
  }

  /** A row that says nothing else than an earlier one: the same answers to the same prompt, judged the same by the same. */
  #addRow(row: ImportRow, prompt: number): void {
    const { itemId, votes, ratings, judgements, gold } = row;
    const keys = row.completions.map(({ key }) => key);
    const key = hashOf(JSON.stringify([prompt, itemId, keys, votes, ratings, judgements, gold]));
    if (this.#rows.has(key)) occurred(this.#repeated, row.line);
    else if (this.#rows.size < mostDistinct) this.#rows.add(key);
  }

  #addPreferred({ completions, votes }: ImportRow): void {
    const [first, second] = completions;
    if (typeof first?.text !== "string" || typeof second?.text !== "string") return;
    const longer = Math.sign(first.text.length - second.text.length);
    for (const { outcome } of votes) {
      if (outcome === 0) continue;
      if (longer === 0) this.#preferred.equal += 1;
      else this.#preferred[Math.sign(outcome) === longer ? "longer" : "shorter"] += 1;
    }
  }
}

/** Texts of a row that its language is told from. */
const mostTexts = 10;

/** What people wrote beside what they said, and what they judged against. */
function wordsOfPeople({ votes, ratings, judgements = [], sourceText }: ImportRow): string[] {
  const comments = [...votes, ...ratings, ...judgements].flatMap(({ comment }) => comment ?? []);
  return sourceText === null ? comments : [...comments, sourceText];
}
