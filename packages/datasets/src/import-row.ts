import { createHash } from "node:crypto";
import type { Message, Split } from "@touchstone/contracts";

/** A candidate answer. `key` names it within its prompt: the same key is the same answer, in whatever row it comes. */
export interface ImportCompletion {
  readonly key: string;
  /** Null where a vote came without the answer it was about. */
  readonly text: string | null;
  /** Which model wrote it, where the file says so. */
  readonly model?: string | null;
}

/** One person's choice between the first and the second completion of its row: +3 (the first much better) … −3. */
export interface ImportVote {
  readonly annotator: string;
  readonly outcome: number;
  /** A tie of two bad answers; `outcome` is 0. */
  readonly bothBad?: true;
}

/** One person's score, 1–5, of one completion of its row. */
export interface ImportRating {
  readonly annotator: string;
  /** Index into the row's completions. */
  readonly completion: number;
  readonly score: number;
}

/** What any format comes down to: a prompt, its candidates in canonical order, and what people said of them. */
export interface ImportRow {
  /** Line of the file, for messages. */
  readonly line: number;
  /** The row's own id: rows with ids are items of their own, even where prompt and answers are the same. */
  readonly itemId: string | null;
  readonly prompt: readonly Message[];
  readonly cluster: string | null;
  /** As published; null leaves it to the cluster. */
  readonly split: Split | null;
  readonly language: string | null;
  readonly sourceText: string | null;
  readonly completions: readonly ImportCompletion[];
  /** About completions 0 and 1. */
  readonly votes: readonly ImportVote[];
  readonly ratings: readonly ImportRating[];
  /** Kept beside the item and never trained on. */
  readonly gold: string | null;
  /** Something a researcher should hear of, though the row was taken. */
  readonly note: "differing-prefixes" | null;
  /** How many equal answers of the row were taken once. */
  readonly repeatedAnswers?: number;
}

/** The annotator of votes whose file does not say who cast them. */
export const unnamedAnnotator = "unnamed";

/**
 * Completions by their ids, or by their texts where there are none. Two equal answers in one row stay two, so that a
 * vote between them has two sides.
 */
export function completionsOf(
  candidates: readonly { id: string | null; text: string | null; model?: string | null }[],
): ImportCompletion[] {
  const seen = new Map<string, number>();
  return candidates.map(({ id, text, model }) => {
    const name =
      id === null
        ? `text:${createHash("sha256")
            .update(text ?? "")
            .digest("hex")}`
        : `id:${id}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    const completion = { key: times === 1 ? name : `${name}#${times}`, text };
    return model === undefined || model === null ? completion : { ...completion, model };
  });
}

/** A row with nothing but its prompt; formats add what they have. */
export function rowOf(line: number, prompt: readonly Message[]): ImportRow {
  return {
    line,
    itemId: null,
    prompt,
    cluster: null,
    split: null,
    language: null,
    sourceText: null,
    completions: [],
    votes: [],
    ratings: [],
    gold: null,
    note: null,
  };
}
