import { z } from "zod";
import { ProblemIssue } from "../problem-issue.ts";
import { PersonalDataKind } from "../training/preparation.ts";
import { Timestamp } from "./scalars.ts";

const count = z.number().int().min(0);

/** In how many rows, and the first of their lines. */
export const Found = z.object({ count, lines: z.array(z.number().int()) });
export type Found = z.infer<typeof Found>;

/** Lengths of the texts of one kind. Chinese and other scripts without blanks have a word a character. */
export const TextLengths = z.object({
  texts: count,
  words: z.object({ quartiles: z.tuple([count, count, count]), longest: count }),
  /** UTF-16 units. */
  characters: z.object({ quartiles: z.tuple([count, count, count]), longest: count }),
  /** The line of the longest one. */
  longestLine: count,
});
export type TextLengths = z.infer<typeof TextLengths>;

/** What a receipt has found in the rows that can be taken. It quotes no text of them: personal data is masked. */
export const ReceiptFindings = z.object({
  /** Rows, prompts and answers under one prompt that say what an earlier one says, to the letter. */
  repeated: z.object({ rows: Found, prompts: Found, answers: Found }),
  /** Rows whose answers are one text, and rows in which two answers are nearly one; the latter among those compared. */
  identicalPairs: Found,
  /**
   * Of the rows compared, which are all of them or an even sample: different prompts that are `threshold` or more alike by
   * the Jaccard similarity of their runs of three words, each with the first prompt that it is like.
   */
  near: z.object({
    threshold: z.number(),
    /** Rows that were compared, of all that can be taken. */
    compared: count,
    of: count,
    prompts: count,
    examples: z.array(z.object({ line: count, like: count, similarity: z.number() })),
    answers: Found,
  }),
  emptyAnswers: Found,
  votes: z.object({
    /** One person says two things of one task. */
    contradicting: Found,
    /** Tasks that two people or more judged, and those of them on which they preferred different sides. */
    judgedBySeveral: count,
    disagreeing: Found,
  }),
  /** Answers in which a model says what it is, by what it is called: an annotator who reads it is not blind any more. */
  named: z.object({
    answers: Found,
    names: z.array(z.object({ name: z.string(), example: z.string() }).extend(Found.shape)),
  }),
  /** What looks like personal data by its form, and in how many rows it stands. */
  personal: z.object({
    rows: Found,
    kinds: z.array(
      z
        .object({
          kind: PersonalDataKind,
          /** How often; `count` is of rows. */
          found: count,
          /** Masked: `a…@…`. */
          examples: z.array(z.string()),
        })
        .extend(Found.shape),
    ),
  }),
  lengths: z.object({
    prompts: TextLengths.nullable(),
    answers: TextLengths.nullable(),
    /** Votes for the longer, the shorter and an equally long answer, by characters. */
    preferred: z.object({ longer: count, shorter: count, equal: count }),
  }),
  /** Of the rows compared. */
  languages: z.object({ en: count, zh: count, other: count, unknown: count }),
  /** Rows that cannot be taken, by why. The file's own words are left out of the sentence. */
  leftOut: z.array(ProblemIssue.omit({ path: true }).extend({ field: z.string().nullable(), ...Found.shape })),
});
export type ReceiptFindings = z.infer<typeof ReceiptFindings>;

/** How much of a file is in the project already. */
export const AlreadyThere = z.object({
  /** Rows that add nothing, of those that can be taken. */
  rows: count,
  of: count,
  /** The import that brought the same bytes, where there was one. */
  import: z
    .object({ id: z.string(), at: Timestamp, by: z.string().nullable(), fileName: z.string().nullable() })
    .nullable(),
});
export type AlreadyThere = z.infer<typeof AlreadyThere>;
