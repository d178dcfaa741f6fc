import { z } from "zod";
import { mostAnswers } from "../questions/shown-answers.ts";

/** Which of a prompt's answers meet, where a task shows two. */
export const PairWay = z.enum([
  /** Each meets its two neighbours: all are compared at the least cost. What an import does where nothing is chosen. */
  "ring",
  /** Each meets each other one. */
  "all",
  /** 1–2, 2–3, …, in the order of the file. */
  "chain",
  /** So many pairs a prompt, drawn by a seed. */
  "some",
]);
export type PairWay = z.infer<typeof PairWay>;

export const mostPairs = 100;
export const mostSeed = 2 ** 31 - 1;

/** How the answers of a prompt become tasks. */
export const AnswersTogether = z.strictObject({
  way: PairWay.default("ring"),
  /** With `some`: how many pairs of a prompt. */
  pairs: z.int().min(1).max(mostPairs).default(3),
  /** With `some`: the same seed draws the same pairs of the same prompt. */
  seed: z.int().min(0).max(mostSeed).default(1),
  /** How many answers a task shows at most, where its questionnaire can show more than two; null is as many as it can. */
  atOnce: z.int().min(1).max(mostAnswers).nullable().default(null),
});
export type AnswersTogether = z.infer<typeof AnswersTogether>;

/** The same as asked for in the query of a receipt or an import. */
export const togetherQuery = {
  way: PairWay.optional(),
  pairs: z.coerce.number().int().min(1).max(mostPairs).optional(),
  seed: z.coerce.number().int().min(0).max(mostSeed).optional(),
  atOnce: z.coerce.number().int().min(1).max(mostAnswers).optional(),
};

/** What a page asks for to have the same again: nothing that is so by itself. */
export function togetherAsked({ way, pairs, seed, atOnce }: AnswersTogether): {
  way?: PairWay;
  pairs?: number;
  seed?: number;
  atOnce?: number;
} {
  return {
    ...(way === "ring" ? {} : { way }),
    ...(way === "some" ? { pairs, seed } : {}),
    ...(atOnce === null ? {} : { atOnce }),
  };
}
