import { createHash } from "node:crypto";
import type { DomainError, Split } from "@touchstone/contracts";
import { splitOf } from "@touchstone/labeling";
import type { ImportSource } from "../formats/import-source.ts";
import type { ImportRow } from "../import-row.ts";
import { lineProblem } from "../read/line-problem.ts";
import { hashOf, mostDistinct } from "./occurrences.ts";
import { namedColumns } from "./roles.ts";

interface Said<Value> {
  readonly value: Value;
  readonly line: number;
}

/**
 * Finds rows that cannot be brought in together: one prompt in two clusters, one cluster in two splits, one answer with
 * two texts. The earlier row stands, so that a receipt can leave the later one out. What contradicts a row of a former
 * import is found by the import alone.
 */
export class Contradictions {
  readonly #columns: { readonly cluster: string; readonly split: string };
  readonly #clusters = new Map<number, Said<string>>();
  readonly #splits = new Map<number, Said<Split>>();
  readonly #splitsOfPrompts = new Map<number, Split>();
  readonly #texts = new Map<number, Said<number>>();

  constructor(source: ImportSource) {
    const columns = namedColumns(source);
    const columnOf = (field: string) => columns.find((named) => named.field === field)?.path ?? field;
    this.#columns = { cluster: columnOf("cluster"), split: columnOf("split") };
  }

  /** Why this row cannot stand beside those before it; null where it can, and is one of them from now on. */
  add(row: ImportRow): DomainError | null {
    const { line } = row;
    const prompt = promptHash(row);
    const promptKey = hashOf(prompt);
    const former = this.#clusters.get(promptKey);
    const cluster = row.cluster ?? former?.value ?? null;
    const clusterKey = hashOf(`cluster ${cluster ?? prompt}`);
    const split = row.split ?? this.#splitsOfPrompts.get(promptKey) ?? splitOf(cluster ?? prompt);
    const answers = answersWithIds(row, prompt);
    const problem =
      this.#clusterProblem(row, former) ??
      this.#splitProblem(row, cluster, split, clusterKey) ??
      this.#textProblem(row, answers);
    if (problem) return problem;
    if (row.cluster !== null) remember(this.#clusters, promptKey, { value: row.cluster, line });
    remember(this.#splits, clusterKey, { value: split, line });
    remember(this.#splitsOfPrompts, promptKey, split);
    for (const { key, textHash } of answers) remember(this.#texts, key, { value: textHash, line });
    return null;
  }

  #clusterProblem({ line, cluster }: ImportRow, former: Said<string> | undefined): DomainError | null {
    if (cluster === null || former === undefined || former.value === cluster) return null;
    const values = { former: former.value, line: former.line, cluster };
    return lineProblem(line, this.#columns.cluster, "promptInTwoClusters", values);
  }

  #splitProblem({ line }: ImportRow, cluster: string | null, split: Split, clusterKey: number): DomainError | null {
    const former = this.#splits.get(clusterKey);
    if (former === undefined || former.value === split) return null;
    const values = { former: former.value, line: former.line, split };
    return cluster === null
      ? lineProblem(line, this.#columns.split, "promptInTwoSplits", values)
      : lineProblem(line, this.#columns.split, "clusterInTwoSplits", { ...values, cluster });
  }

  #textProblem({ line }: ImportRow, answers: readonly AnswerWithId[]): DomainError | null {
    for (const { id, key, textHash } of answers) {
      const former = this.#texts.get(key);
      if (former === undefined || former.value === textHash) continue;
      return lineProblem(line, null, "answerWithTwoTexts", { id, line: former.line });
    }
    return null;
  }
}

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
    return [{ id: key.slice("id:".length), key: hashOf(`${prompt}\n${key}`), textHash: hashOf(text) }];
  });
}

/** The first to say something stands. */
function remember<Value>(known: Map<number, Value>, key: number, value: Value): void {
  if (known.size < mostDistinct && !known.has(key)) known.set(key, value);
}

/** As the import tells prompts apart; a prompt that names no cluster is one of its own, called by this. */
function promptHash({ prompt }: ImportRow): string {
  const plain = prompt.map(({ role, content }) => [role, content]);
  return createHash("sha256").update(JSON.stringify(plain)).digest("hex");
}
