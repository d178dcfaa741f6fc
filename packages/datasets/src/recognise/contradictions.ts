import { createHash } from "node:crypto";
import { type DomainError, Split } from "@touchstone/contracts";
import { splitOf } from "@touchstone/labeling";
import type { ImportSource } from "../formats/import-source.ts";
import type { ImportRow } from "../import-row.ts";
import { hashText } from "../preparation/similarity/shingles.ts";
import { lineProblem } from "../read/line-problem.ts";
import { HashTable } from "./hash-table.ts";
import { hashOf, mostDistinct } from "./occurrences.ts";
import { namedColumns } from "./roles.ts";

interface Said<Value> {
  readonly value: Value;
  readonly line: number;
}

/** Places are numbered from 1: 0 says nothing. */
const splits = Split.options;
const numberOf = (split: Split) => splits.indexOf(split) + 1;

/**
 * Finds rows that cannot be brought in together: one prompt in two clusters, one cluster in two splits, one answer with
 * two texts. The earlier row stands, so that a receipt can leave the later one out. What contradicts a row of a former
 * import is found by the import alone.
 */
export class Contradictions {
  readonly #columns: { readonly cluster: string; readonly split: string };
  /** Names of clusters, each once, and where each stands among them. */
  readonly #names: string[] = [];
  readonly #places = new HashTable(1);
  /** Of prompts that name one: which cluster, and the line. */
  readonly #clusters = new HashTable(2);
  /** Of clusters: the split and the line. */
  readonly #splits = new HashTable(2);
  /** Of answers with ids: a hash of the text, and the line. */
  readonly #texts = new HashTable(2);

  readonly #isNamed: boolean;

  /** @param named whether a row can name a cluster or a split: where none can, every prompt lies where its hash says */
  constructor(source: ImportSource, named = true) {
    this.#isNamed = named;
    const columns = namedColumns(source);
    const columnOf = (field: string) => columns.find((named) => named.field === field)?.path ?? field;
    this.#columns = { cluster: columnOf("cluster"), split: columnOf("split") };
  }

  /** Why this row cannot stand beside those before it; null where it can, and is one of them from now on. */
  add(row: ImportRow): DomainError | null {
    const prompt = promptHash(row);
    const answers = answersWithIds(row, prompt);
    const place = this.#isNamed ? this.#placeOf(row, prompt) : null;
    const problem = place?.problem ?? this.#textProblem(row, answers);
    if (problem) return problem;
    place?.keep();
    for (const { key, textHash } of answers) remember(this.#texts, key, textHash, row.line);
    return null;
  }

  /** Where a row's prompt lies, and what stands against it. */
  #placeOf(row: ImportRow, prompt: string) {
    const { line } = row;
    const promptKey = hashOf(prompt);
    const former = this.#clusterOf(promptKey);
    const cluster = row.cluster ?? former?.value ?? null;
    const clusterKey = keyOf(cluster ?? prompt);
    const split = row.split ?? this.#splitOf(former?.value ?? prompt) ?? splitOf(cluster ?? prompt);
    return {
      problem: this.#clusterProblem(row, former) ?? this.#splitProblem(row, cluster, split, clusterKey),
      keep: () => {
        if (row.cluster !== null) remember(this.#clusters, promptKey, this.#numberOf(row.cluster), line);
        remember(this.#splits, clusterKey, numberOf(split), line);
      },
    };
  }

  /** The split in which a cluster lies, as all of its prompts do. */
  #splitOf(cluster: string): Split | undefined {
    return splits[numberAt(this.#splits, keyOf(cluster)) - 1];
  }

  #clusterOf(prompt: number): Said<string> | undefined {
    const place = this.#clusters.find(prompt);
    const value = place < 0 ? undefined : this.#names[this.#clusters.at(place)];
    return value === undefined ? undefined : { value, line: this.#clusters.at(place, 1) };
  }

  /** Its place among the names of clusters. */
  #numberOf(cluster: string): number {
    const key = hashOf(cluster);
    const known = numberAt(this.#places, key);
    if (known > 0) return known - 1;
    this.#names.push(cluster);
    remember(this.#places, key, this.#names.length);
    return this.#names.length - 1;
  }

  #clusterProblem({ line, cluster }: ImportRow, former: Said<string> | undefined): DomainError | null {
    if (cluster === null || former === undefined || former.value === cluster) return null;
    const values = { former: former.value, line: former.line, cluster };
    return lineProblem(line, this.#columns.cluster, "promptInTwoClusters", values);
  }

  #splitProblem({ line }: ImportRow, cluster: string | null, split: Split, clusterKey: number): DomainError | null {
    const place = this.#splits.find(clusterKey);
    const former = place < 0 ? undefined : splits[this.#splits.at(place) - 1];
    if (former === undefined || former === split) return null;
    const values = { former, line: this.#splits.at(place, 1), split };
    return cluster === null
      ? lineProblem(line, this.#columns.split, "promptInTwoSplits", values)
      : lineProblem(line, this.#columns.split, "clusterInTwoSplits", { ...values, cluster });
  }

  #textProblem({ line }: ImportRow, answers: readonly AnswerWithId[]): DomainError | null {
    for (const { id, key, textHash } of answers) {
      const place = this.#texts.find(key);
      if (place < 0 || this.#texts.at(place) === textHash) continue;
      return lineProblem(line, null, "answerWithTwoTexts", { id, line: this.#texts.at(place, 1) });
    }
    return null;
  }
}

const keyOf = (cluster: string) => hashOf(`cluster ${cluster}`);

interface AnswerWithId {
  readonly id: string;
  /** Of this id at this prompt. */
  readonly key: number;
  readonly textHash: number;
}

/** An answer without an id is called by its text, and can't have two. */
function answersWithIds({ completions }: ImportRow, prompt: string): AnswerWithId[] {
  return completions.flatMap(({ key, text }) => {
    if (text === null || !key.startsWith("id:")) return [];
    return [{ id: key.slice("id:".length), key: hashOf(`${prompt}\n${key}`), textHash: hashText(text) }];
  });
}

/** The first to say something stands. */
function remember(known: HashTable, key: number, ...numbers: number[]): void {
  if (known.size >= mostDistinct || known.has(key)) return;
  const place = known.add(key);
  for (const [at, number] of numbers.entries()) known.set(place, at, number);
}

/** 0 where nothing is known. */
function numberAt(known: HashTable, key: number): number {
  const place = known.find(key);
  return place < 0 ? 0 : known.at(place);
}

/** As the import tells prompts apart; a prompt that names no cluster is one of its own, called by this. */
function promptHash({ prompt }: ImportRow): string {
  const plain = prompt.map(({ role, content }) => [role, content]);
  return createHash("sha256").update(JSON.stringify(plain)).digest("hex");
}
