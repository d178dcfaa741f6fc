import { z } from "zod";
import { Split } from "../normal-forms.ts";
import { ExportQuery } from "./datasets.ts";
import { CountingModel, MostTokens } from "./export-shapes.ts";
import { Id } from "./scalars.ts";

/**
 * The estimate of tokens that exports go by where no model is named: a set is read by trainers of many models. Four bytes
 * of UTF-8 are about one token of English prose and of Chinese alike; code and rare scripts take more.
 */
export const bytesPerToken = 4;

/** Of which rows it is asked how many are longer than a trainer takes. */
export const RowLengthsQuery = ExportQuery.pick({ format: true, aggregation: true, includeSimulated: true }).extend({
  tokens: MostTokens,
  model: CountingModel,
});
export const LabelSetLengthsQuery = RowLengthsQuery.omit({ includeSimulated: true });

const counted = {
  rows: z.number().int(),
  /** Rows of more tokens than were asked about. */
  longer: z.number().int(),
  /** Tokens of the longest row. */
  longest: z.number().int(),
};

/** Rows counted, in all and by split; no text is in it. */
export const CountedLengths = z.object({ ...counted, splits: z.array(z.object({ split: Split, ...counted })) });
export type CountedLengths = z.infer<typeof CountedLengths>;

/** How many rows are longer than a number of tokens, in all and by split, each of which is a file of a folder. */
export const RowLengths = z.object({
  tokens: z.number().int(),
  /** How tokens were counted: an estimate, by this many bytes of UTF-8 for each, or by the tokenizer of a model. */
  counting: z.discriminatedUnion("by", [
    z.object({ by: z.literal("estimate"), bytesPerToken: z.number() }),
    z.object({ by: z.literal("model"), modelId: Id, name: z.string() }),
  ]),
  ...CountedLengths.shape,
});
export type RowLengths = z.infer<typeof RowLengths>;
