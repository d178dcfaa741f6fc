import { createHash } from "node:crypto";
import type { Answer, BroughtName, MediaRef, Message, Split } from "@touchstone/contracts";
import type { EmbeddedMedia } from "./media/find-media.ts";

/** A candidate answer. `key` names it within its prompt: the same key is the same answer, in whatever row it comes. */
export interface ImportCompletion {
  readonly key: string;
  /** Null where a vote came without the answer it was about, and where pictures or sounds are all of it. */
  readonly text: string | null;
  /** Shown after the text; absent where there are none. */
  readonly media?: readonly MediaRef[];
  /** The model that the file says wrote it; kept and exported, never shown before the vote. */
  readonly model?: string | null;
  /** Its id in the export that it comes from. */
  readonly exportedId?: string | null;
  /** The whole document of ATIF that it was taken from: kept and exported, never shown before the vote. */
  readonly trajectory?: unknown;
}

/** What a file says of where a judgement came from; it comes out again as it went in. */
export interface VoteOrigin {
  /** Its id in the export that it comes from: a project that has this label gets it no second time. */
  readonly labelId: string | null;
  readonly annotator: string | null;
  readonly createdAt: string | null;
  /** The margin on the file's own scale. */
  readonly margin: number | null;
  readonly timings: unknown;
}

/** One person's choice between the first and the second completion of its row: +3 (the first much better) … −3. */
export interface ImportVote {
  readonly annotator: string;
  readonly outcome: number;
  readonly bothBad?: boolean;
  /** Which answer stood first on the screen, where the file tells. */
  readonly shownOrder?: readonly number[];
  readonly comment?: string;
  readonly flagged?: boolean;
  readonly origin?: VoteOrigin;
}

/** One person's score, 1–5, of one completion of its row. */
export interface ImportRating {
  readonly annotator: string;
  /** Index into the row's completions. */
  readonly completion: number;
  readonly score: number;
  readonly comment?: string;
  readonly flagged?: boolean;
  readonly origin?: VoteOrigin;
}

/** One person's answer to another question than which of two is better, or how good one is. */
export interface ImportJudgement {
  readonly questionnaire: BroughtName;
  /** Indexes into the row's completions, in the order SHOWN, which the answer stands in too. */
  readonly sides: readonly number[];
  readonly annotator: string;
  readonly answer: Answer;
  readonly comment?: string;
  readonly flagged?: boolean;
  readonly origin?: VoteOrigin;
}

/** What any format comes down to: a prompt, its candidates in canonical order, and what people said of them. */
export interface ImportRow {
  /** Line of the file, for messages. */
  readonly line: number;
  /** The prompt's id in the export that the row comes from. */
  readonly promptId: string | null;
  /** The row's own id: rows with ids are items of their own, even where prompt and answers are the same. */
  readonly itemId: string | null;
  readonly prompt: readonly Message[];
  readonly cluster: string | null;
  /** As published; null leaves it to the cluster. */
  readonly split: Split | null;
  readonly language: string | null;
  readonly sourceText: string | null;
  /** Whether it is to stay blurred until somebody reveals it; absent where the row says nothing. */
  readonly sensitive?: boolean;
  readonly completions: readonly ImportCompletion[];
  /** About completions 0 and 1. */
  readonly votes: readonly ImportVote[];
  readonly ratings: readonly ImportRating[];
  /** Answers to questions of other kinds. */
  readonly judgements?: readonly ImportJudgement[];
  /** Kept beside the item and never trained on. */
  readonly gold: string | null;
  /** Something a researcher should hear of, though the row was taken. */
  readonly note: "differing-prefixes" | null;
  /** The judgement in which its answer was written, where the row is of our export of texts to imitate. */
  readonly labelId?: string | null;
  /** Files that the row holds itself, each under the mark that its texts have of it. */
  readonly embedded?: readonly EmbeddedMedia[];
  /** Columns that are kept beside the item, by their paths. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** Whether it has votes between two, though it has more answers than two: they are not taken. */
  readonly votesOfSeveral?: boolean;
  /** How many equal answers of the row were taken once. */
  readonly repeatedAnswers?: number;
}

/** The annotator of votes whose file does not say who cast them. */
export const unnamedAnnotator = "unnamed";

interface Candidate {
  readonly id: string | null;
  readonly text: string | null;
  readonly model?: string | null;
  readonly exportedId?: string | null;
  readonly trajectory?: unknown;
}

/**
 * Completions by their ids, or by their texts where there are none. Two equal answers in one row stay two, so that a
 * vote between them has two sides.
 */
export function completionsOf(candidates: readonly Candidate[]): ImportCompletion[] {
  const seen = new Map<string, number>();
  return candidates.map(({ id, text, model, exportedId, trajectory }) => {
    const name =
      id === null
        ? `text:${createHash("sha256")
            .update(text ?? "")
            .digest("hex")}`
        : `id:${id}`;
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    const key = times === 1 ? name : `${name}#${times}`;
    return {
      key,
      text,
      ...(model ? { model } : {}),
      ...(exportedId ? { exportedId } : {}),
      ...(trajectory === undefined ? {} : { trajectory }),
    };
  });
}

/** A row with nothing but its prompt; formats add what they have. */
export function rowOf(line: number, prompt: readonly Message[]): ImportRow {
  return {
    line,
    promptId: null,
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
