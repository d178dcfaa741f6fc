import type { Aggregation, Comparison, NormalForm, ShapedFormat, ShapeReason } from "@touchstone/contracts";
import { normalise, rankingPairs } from "@touchstone/labeling";
import { inTurns } from "../../read/in-turns.ts";
import { AgreedItem, type RowContext } from "../context.ts";
import { PairTotals } from "./aggregate.ts";
import { labelStudioTask } from "./label-studio.ts";
import { fullPair, pairOf, shapedPair } from "./pair.ts";
import { isPairFormat, pairShapes } from "./pair-shapes.ts";
import { promptOnly, promptRow, verlPrompt } from "./prompts.ts";
import { rankingOfTwo, rankingRows } from "./rankings.ts";
import type { FramedJudgement, Shaped } from "./shaped.ts";
import { unpairedComparison, unpairedRating } from "./unpaired.ts";

export interface ShapeOptions {
  /** `trl-preference` where judgements are put together: its rows of each vote are made apart. */
  readonly format: ShapedFormat | "trl-preference";
  readonly aggregation: Aggregation;
  readonly margin: boolean;
}

/** Judgements in the order of their ids, or those of a few prompts after those of the few before. */
export type JudgementsInParts = AsyncIterable<AsyncIterable<readonly FramedJudgement[]>>;

/** Whether a shape needs the judgements of a prompt together: prompts stand once in theirs, and so do pairs put together. */
export const goesByPrompt = ({ format, aggregation }: Pick<ShapeOptions, "format" | "aggregation">): boolean =>
  aggregation !== "votes" || format === "prompt-only" || format === "verl";

/**
 * The rows of an export in a shape, and between them whatever is none, with its reason: each judgement is in a row, or is
 * said to be in none. Holds what is known of one part at most, which is nothing where each judgement is a row.
 */
export async function* shapeRows(parts: JudgementsInParts, options: ShapeOptions): AsyncGenerator<Shaped> {
  for await (const part of parts) {
    if (options.aggregation !== "votes") yield* together(part, options, options.aggregation);
    else if (options.format === "prompt-only" || options.format === "verl") yield* promptsOf(part, options.format);
    else for await (const judgement of inTurns(flat(part))) yield* shapesOf(judgement, options);
  }
}

async function* flat(part: AsyncIterable<readonly FramedJudgement[]>): AsyncGenerator<FramedJudgement> {
  for await (const batch of part) yield* batch;
}

/** All that one judgement gives in a shape. */
function shapesOf(judgement: FramedJudgement, options: ShapeOptions): Shaped[] {
  const forms = formsOf(judgement);
  if (typeof forms === "string") return [{ leftOut: forms }];
  const whole = options.format === "rankings" ? rankingRows(judgement, forms) : [];
  const shaped = [...whole, ...forms.flatMap((form) => shapesOfForm(form, judgement.context, options))];
  return shaped.length > 0 ? shaped : [{ leftOut: "otherKind" }];
}

function formsOf(judgement: FramedJudgement): readonly NormalForm[] | ShapeReason {
  const normalised = normalise(judgement);
  if ("forms" in normalised) return normalised.forms;
  return normalised.leftOut === "absent-text" ? "withoutText" : "otherKind";
}

function shapesOfForm(form: NormalForm, context: RowContext, options: ShapeOptions): Shaped[] {
  const { format } = options;
  if (format === "kto-ratings") return form.kind === "rating" ? [unpairedRating(form, context)] : [];
  if (format === "rankings" && form.kind === "ranking") return [];
  const comparisons = comparisonsIn(form);
  if (format === "rankings") return comparisons.map((one) => rankingOfTwo(one, context));
  if (format === "kto-pairs") return comparisons.flatMap((one) => unpairedComparison(one, context));
  if (format === "label-studio") return comparisons.map((one) => labelStudioTask(one, context));
  if (!isPairFormat(format)) return [];
  return comparisons.map((one) => {
    const pair = pairOf(one, context);
    return pair === null ? { leftOut: "tie" } : shapedPair(pair, pairShapes[format], options);
  });
}

/** Those that were asked for, and the pairs of a ranking, which tells order and no lead. */
function comparisonsIn(form: NormalForm): Comparison[] {
  if (form.kind === "ranking") return rankingPairs(form).map((pair) => ({ ...pair, margin: 0 }));
  return form.kind === "comparison" ? [form] : [];
}

/** Each prompt of a part once, in the order of their first judgements, with what all of its tasks say of their items. */
async function* promptsOf(
  part: AsyncIterable<readonly FramedJudgement[]>,
  format: "prompt-only" | "verl",
): AsyncGenerator<Shaped> {
  const prompts = new Map<string, { readonly first: FramedJudgement; readonly item: AgreedItem }>();
  for await (const judgement of inTurns(flat(part))) {
    const { promptId, context } = judgement;
    const known = prompts.get(promptId);
    if (known) known.item.add(context);
    else prompts.set(promptId, { first: judgement, item: new AgreedItem(context) });
  }
  const shape = format === "verl" ? verlPrompt : promptOnly;
  for (const { first, item } of prompts.values()) yield promptRow({ ...first, context: item.context() }, shape);
}

/** Each two answers of a part once. */
async function* together(
  part: AsyncIterable<readonly FramedJudgement[]>,
  options: ShapeOptions,
  aggregation: Exclude<Aggregation, "votes">,
): AsyncGenerator<Shaped> {
  const { format } = options;
  if (!isPairFormat(format) && format !== "trl-preference") return;
  const totals = new PairTotals();
  for await (const judgement of inTurns(flat(part))) {
    const forms = formsOf(judgement);
    if (typeof forms === "string") {
      yield { leftOut: forms };
      continue;
    }
    const comparisons = forms.flatMap(comparisonsIn);
    if (comparisons.length === 0) yield { leftOut: "otherKind" };
    for (const comparison of comparisons) totals.add(comparison, judgement.context);
  }
  for (const total of totals.rows(aggregation)) {
    if (typeof total === "string") yield { leftOut: total };
    else yield isPairFormat(format) ? shapedPair(total, pairShapes[format], options) : fullPair(total);
  }
}
