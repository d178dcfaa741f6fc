import { createHash } from "node:crypto";
import { type BroughtName, type ImportReceipt, isStandardName, mediaTypeOfName } from "@touchstone/contracts";
import type { ImportRating, ImportRow } from "../import-row.ts";
import { hashText } from "../preparation/similarity/shingles.ts";
import { type AskedOfRows, ownSides, preferencePairs } from "../task-plan.ts";
import { FirstCounts, type HeldBeside } from "./first-counts.ts";
import { HashTable } from "./hash-table.ts";
import { hashOf, mostDistinct, type Occurrences, occurred, promptKey } from "./occurrences.ts";
import { RowIds } from "./row-ids.ts";

/** Counts what an import of these rows would make in an empty project: different prompts, answers, tasks and voices. */
export class Tally {
  rows = 0;
  votes = 0;
  ratings = 0;
  /** Judgements that answer other questions, by the questionnaire that they come with. */
  readonly brought = new Map<BroughtName, number>();
  repeatedAnswers = 0;
  /** Answers that their row names without saying what they are. */
  withoutText = 0;
  /** Pictures and sounds, each where it is shown. */
  media = 0;
  differingPrefixes = 0;
  readonly promptEndsWithAnswer: Occurrences = { count: 0, lines: [] };
  readonly contradicting: Occurrences = { count: 0, lines: [] };
  readonly repeated: Occurrences = { count: 0, lines: [] };
  /** Tasks on which at least two people judged, and those on which they preferred different sides. */
  judgedBySeveral = 0;
  readonly disagreeing: Occurrences = { count: 0, lines: [] };
  /** Rows with answers of one text. Those that their format takes once are `repeatedAnswers`. */
  readonly identical: Occurrences = { count: 0, lines: [] };
  /** Rows with fewer answers than a task of the questionnaire shows. */
  readonly tooFewAnswers: Occurrences = { count: 0, lines: [] };
  /** Rows without answers whose task asks about the prompt alone. */
  readonly promptAlone: Occurrences = { count: 0, lines: [] };
  /** Rows with a text that is called as a picture or a sound is, and is none that is there. */
  readonly filesNotThere: Occurrences = { count: 0, lines: [] };
  /** Rows whose vote is about a pair that is not among those drawn: it is a task all the same. */
  readonly votedBeside: Occurrences = { count: 0, lines: [] };
  /** Rows of which some answers stand in no task: too few were left for one. */
  readonly leftOver: Occurrences = { count: 0, lines: [] };
  /** Rows with votes between two, and more answers than two: nobody can say between which. */
  readonly votesOfSeveral: Occurrences = { count: 0, lines: [] };
  readonly skips: Occurrences = { count: 0, lines: [] };
  /** Rows of a raw export that did not count where it comes from. */
  readonly leftOut: Occurrences = { count: 0, lines: [] };
  readonly firstCounts: FirstCounts;
  readonly rowIds = new RowIds();
  readonly #asked: AskedOfRows;
  readonly #shown = createHash("sha256");
  readonly #embedded = new HashTable();
  readonly #annotators = new Set<string>();
  /** Of each task: the judgements that it brings along, and which sides were preferred. */
  readonly #tasks = new HashTable(2);
  /** What each annotator said of each task. */
  readonly #voices = new HashTable(1);

  constructor(asked: AskedOfRows, beside?: HeldBeside) {
    this.#asked = asked;
    this.firstCounts = new FirstCounts(beside, asked.least === 0);
  }

  add(row: ImportRow, prompt = promptKey(row)): void {
    this.rows += 1;
    this.firstCounts.add(row, prompt);
    this.rowIds.add(row, prompt);
    this.withoutText += row.completions.filter(({ text, media }) => text === null && media === undefined).length;
    this.#addMedia(row);
    this.repeatedAnswers += row.repeatedAnswers ?? 0;
    if (row.votesOfSeveral) occurred(this.votesOfSeveral, row.line);
    if (hasEqualTexts(row)) occurred(this.identical, row.line);
    if (row.note === "differing-prefixes") this.differingPrefixes += 1;
    if (row.prompt.at(-1)?.role === "assistant") occurred(this.promptEndsWithAnswer, row.line);
    this.#addComparisons(row, prompt);
    this.#addRatings(row, prompt);
    this.#addBrought(row, prompt);
    this.#addOwn(row, prompt);
  }

  /** What says which files are shown, and where; undefined where none are. */
  mediaDigest(): string | undefined {
    return this.media === 0 ? undefined : this.#shown.copy().digest("hex");
  }

  addSkip(line: number): void {
    occurred(this.skips, line);
  }

  /** `overlap` is how many judgements the project wants of each task. */
  counts(overlap: number): Omit<ImportReceipt["counts"], "badRows"> {
    let wanted = 0;
    for (const brought of this.#tasks.numbers(0)) wanted += Math.max(0, overlap - brought);
    return {
      rows: this.rows,
      prompts: this.firstCounts.prompts,
      answers: this.firstCounts.answers,
      tasks: this.#tasks.size,
      votes: this.votes,
      ratings: this.ratings,
      annotators: this.#annotators.size,
      wanted,
      ...(this.brought.size > 0 ? { others: sum(this.brought.values()) } : {}),
      ...(this.media > 0 ? { media: this.media, embedded: this.#embedded.size } : {}),
    };
  }

  #addMedia(row: ImportRow): void {
    const shown = [...row.prompt, ...row.completions].flatMap(({ media = [] }) => media);
    for (const { sha256 } of shown) this.#shown.update(`${row.line} ${sha256}\n`);
    this.media += shown.length;
    for (const { ref } of row.embedded ?? []) this.#embedded.add(hashOf(ref.sha256));
    const texts = [...row.prompt.map(({ content }) => content), ...row.completions.map(({ text }) => text ?? "")];
    for (const text of texts) {
      if (fileName.test(text) && mediaTypeOfName(text)) occurred(this.filesNotThere, row.line);
    }
  }

  #addComparisons(row: ImportRow, prompt: number): void {
    const keys = row.completions.map(({ key }) => key);
    const { pairs, voted, beside } = preferencePairs(row, this.#asked);
    if (beside) occurred(this.votedBeside, row.line);
    for (const [index, [first, second]] of pairs.entries()) {
      const [one, other] = [keys[first] ?? "", keys[second] ?? ""];
      const turned = one > other;
      const task = this.#task("preference", row, prompt, turned ? [other, one] : [one, other]);
      if (index !== voted) continue;
      for (const { annotator, outcome, bothBad } of row.votes) {
        // Both bad is another answer than a tie; no grade is 4.
        const said = bothBad ? 4 : (turned ? -1 : 1) * outcome;
        if (!this.#hear(task, annotator, said, row.line)) continue;
        this.votes += 1;
        if (!bothBad) this.#prefer(task, said, row.line);
      }
    }
  }

  #addRatings(row: ImportRow, prompt: number): void {
    const ratingsOf = row.completions.map((): ImportRating[] => []);
    for (const rating of row.ratings) ratingsOf[rating.completion]?.push(rating);
    for (const [index, { key }] of row.completions.entries()) {
      const ratings = ratingsOf[index] ?? [];
      if (ratings.length === 0 && this.#asked.name !== "rating") continue;
      const task = this.#task("rating", row, prompt, [key]);
      for (const { annotator, score } of ratings) {
        // Kept as a whole number: 3.5 is another score than 3.
        if (this.#hear(task, annotator, Math.round(1_000 * score), row.line)) this.ratings += 1;
      }
    }
  }

  #addBrought(row: ImportRow, prompt: number): void {
    for (const { questionnaire, sides, annotator, answer } of row.judgements ?? []) {
      const keys = sides.map((side) => row.completions[side]?.key ?? "");
      const task = this.#task(questionnaire, row, prompt, keys.toSorted());
      const said = hashText(JSON.stringify([keys, answer]));
      if (!this.#hear(task, annotator, said, row.line)) continue;
      this.brought.set(questionnaire, (this.brought.get(questionnaire) ?? 0) + 1);
    }
  }

  /** Tasks of a questionnaire of the project's own. */
  #addOwn(row: ImportRow, prompt: number): void {
    if (isStandardName(this.#asked.name)) return;
    const keys = row.completions.map(({ key }) => key);
    const tasks = ownSides(row, this.#asked);
    for (const sides of tasks) this.#task(this.#asked.name, row, prompt, sides.map((side) => keys[side] ?? "").sort());
    if (tasks.length > 0 && this.#asked.most > 0 && new Set(tasks.flat()).size < keys.length) {
      occurred(this.leftOver, row.line);
    }
    if (keys.length < this.#asked.least) occurred(this.tooFewAnswers, row.line);
    else if (keys.length === 0) occurred(this.promptAlone, row.line);
  }

  #task(questionnaire: string, row: ImportRow, prompt: number, keys: readonly string[]): number {
    const task = hashOf(JSON.stringify([questionnaire, row.itemId, prompt, keys]));
    if (this.#tasks.size < mostDistinct) this.#tasks.add(task);
    return task;
  }

  /** One person has one voice on a task: only the first counts. */
  #hear(task: number, annotator: string, said: number, line: number): boolean {
    const voice = hashOf(`${task}\n${annotator}`);
    const before = this.#voices.find(voice);
    // As it is kept: a number without a sign.
    if (before >= 0) {
      occurred(this.#voices.at(before) === said >>> 0 ? this.repeated : this.contradicting, line);
      return false;
    }
    if (this.#voices.size < mostDistinct) this.#voices.set(this.#voices.add(voice), 0, said);
    this.#annotators.add(annotator);
    const place = this.#tasks.find(task);
    if (place < 0) return true;
    const brought = this.#tasks.at(place) + 1;
    this.#tasks.set(place, 0, brought);
    if (brought === 2) this.judgedBySeveral += 1;
    return true;
  }

  /** Notes which side somebody preferred, and whether somebody before preferred the other one. */
  #prefer(task: number, said: number, line: number): void {
    const place = this.#tasks.find(task);
    if (place < 0 || said === 0) return;
    const before = this.#tasks.at(place, 1);
    const now = before | (said > 0 ? sides.first : sides.second);
    this.#tasks.set(place, 1, now);
    if (now === sides.both && before !== sides.both) occurred(this.disagreeing, line);
  }
}

/** Which sides of a task were preferred, as bits. */
const sides = { first: 1, second: 2, both: 3 } as const;

/** One word, so that no sentence which ends in a name is one. */
const fileName = /^[^\s<>"]{1,200}$/;

function hasEqualTexts({ completions }: ImportRow): boolean {
  const texts = completions.flatMap(({ text, media }) =>
    text === null && media === undefined ? [] : JSON.stringify([text, media?.map(({ sha256 }) => sha256)]),
  );
  return new Set(texts).size < texts.length;
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
