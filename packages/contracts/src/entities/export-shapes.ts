import { z } from "zod";
import { Id } from "./scalars.ts";

/**
 * Exports in the shapes that trainers and other tools read. Their names are those that the field has for them; a row holds
 * what its reader wants and nothing else, and where it came from stands in a file beside it, the provenance.
 */
export const ShapedFormat = z.enum([
  "trl-preference-plain",
  "rankings",
  "kto-ratings",
  "kto-pairs",
  "prompt-only",
  "hh",
  "openrlhf",
  "llama-factory-sharegpt",
  "llama-factory-alpaca",
  "ms-swift",
  "verl",
  "nemo-rl",
  "openai-preference",
  "label-studio",
]);
export type ShapedFormat = z.infer<typeof ShapedFormat>;

/**
 * How several judgements of the same two answers become rows: each by itself; one row for what most preferred; or one row
 * for each two, with the share that preferred the first.
 */
export const Aggregation = z.enum(["votes", "majority", "soft"]);
export type Aggregation = z.infer<typeof Aggregation>;

/** What of an export is written, and as which kind of file. */
export const ExportContainer = z.enum(["jsonl", "csv", "parquet", "folder"]);
export type ExportContainer = z.infer<typeof ExportContainer>;

/** What an export may be besides JSON Lines, by its container and compression. */
export const otherExportTypes = [
  "application/json",
  "text/csv",
  "application/vnd.apache.parquet",
  "application/zip",
  "application/gzip",
] as const;

interface ShapeRules {
  /** Of pairs, so that several judgements of one can be put together. */
  readonly pairs: boolean;
  /** Its reader takes a margin, which stands in it where it was asked for. */
  readonly margin: boolean;
}

const pairs = { pairs: true, margin: false };
const pairsWithMargin = { pairs: true, margin: true };
const others = { pairs: false, margin: false };

/** What each shape can be asked for. */
export const shapeRules: Readonly<Record<ShapedFormat, ShapeRules>> = {
  "trl-preference-plain": pairsWithMargin,
  rankings: others,
  "kto-ratings": others,
  "kto-pairs": others,
  "prompt-only": others,
  hh: pairs,
  openrlhf: pairsWithMargin,
  "llama-factory-sharegpt": pairs,
  "llama-factory-alpaca": pairs,
  "ms-swift": pairsWithMargin,
  verl: others,
  "nemo-rl": pairs,
  "openai-preference": pairs,
  "label-studio": others,
};

/**
 * Why something that was judged is no row of a shape: it says nothing that the shape holds (`otherKind`), or something that
 * it cannot hold.
 */
export const ShapeReason = z.enum([
  "otherKind",
  "withoutText",
  "tie",
  "evenVotes",
  "middleRating",
  "aspect",
  "media",
  "tools",
  "systemTurn",
  "turnOrder",
  "markers",
  "sameText",
]);
export type ShapeReason = z.infer<typeof ShapeReason>;

export const ShapeLoss = z.object({ reason: ShapeReason, count: z.number().int() });
export type ShapeLoss = z.infer<typeof ShapeLoss>;

/** What an export in a shape holds at this instant, and what it leaves out, by reason. */
export const ExportFit = z.object({
  rows: z.number().int(),
  leftOut: z.array(ShapeLoss),
  /** Rows of several judgements that did not all say the same; nothing where each judgement is a row. */
  contradicted: z.number().int(),
});
export type ExportFit = z.infer<typeof ExportFit>;

/** The most tokens that a trainer takes of a row, as its `max_length` says. */
export const MostTokens = z.coerce.number().int().min(1).max(10_000_000);

/** The policy whose tokenizer counts; without one tokens are estimated. */
export const CountingModel = Id.optional();

/** What can be asked of any export beside its format. */
export const exportOptions = {
  aggregation: Aggregation.default("votes"),
  /** The strength of each choice too, where the shape's reader takes one. */
  margin: z.enum(["true", "false"]).default("false"),
  container: ExportContainer.default("jsonl"),
  compression: z.enum(["none", "gzip"]).default("none"),
  /** The rows, or of a shape where each row came from, line by line, or the `dataset_info.json` that names its columns. */
  part: z.enum(["rows", "sidecar", "dataset-info"]).default("rows"),
  /** Of a folder: the licence that its data card names. */
  license: z
    .string()
    .regex(/^[A-Za-z0-9.+-]{1,60}$/)
    .optional(),
  /** How many rows are longer than this is said before the first of them: in the answer's head, and on a folder's card. */
  tokens: MostTokens.optional(),
  /** By whose tokenizer, in the answer's head; the card of a folder has estimates. */
  model: CountingModel,
};
export const ExportOptions = z.object(exportOptions);
export type ExportOptions = z.infer<typeof ExportOptions>;
