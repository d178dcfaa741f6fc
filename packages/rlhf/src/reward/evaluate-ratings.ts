import { meanOf } from "../arithmetic.ts";
import type { AnnotatorEffects } from "../objectives/annotator-effects.ts";
import type { Metrics } from "../training/request.ts";
import { clusteredMean, shareBounds } from "./clustered-interval.ts";
import { correlation } from "./evaluate-comparisons.ts";
import { grouped } from "./grouped.ts";
import { itemOf, type RatingExample } from "./rating-examples.ts";

/** What was predicted for one held-out rating, on the 1–5 scale. */
export interface RatingPrediction {
  readonly judgementId: string;
  readonly promptId: string;
  readonly completionId: string;
  /** What of the answer was rated; absent: all of it. */
  readonly aspect?: string;
  readonly characters: number;
  readonly score: number;
  /** Quality of the answer, the same for every annotator. */
  readonly model: number;
  /** The same reward model before its first label. */
  readonly untrained: number;
  /** What this annotator would give it, by their habits on the training split. */
  readonly modelForAnnotator: number;
  /** Baselines: the mean training rating, this annotator's, and that of the answer's other raters (else the overall one). */
  readonly mean: number;
  readonly annotatorMean: number;
  readonly itemMean: number;
}

/**
 * @param qualities predicted quality of each held-out answer, on the 1–5 scale
 * @param untrained the same before the first label
 */
export function ratingPredictions(
  heldOut: readonly RatingExample[],
  qualities: readonly number[],
  untrained: readonly number[],
  train: readonly RatingExample[],
  effects: AnnotatorEffects,
): RatingPrediction[] {
  const mean = meanOf(train.map(({ label }) => label.score));
  const byAnnotator = grouped(train, ({ label }) => label.annotator);
  const byItem = grouped(heldOut, ({ label }) => itemOf(label));
  return heldOut.map(({ label }, index) => {
    const model = qualities[index] ?? Number.NaN;
    const habit = effects.annotators.get(label.annotator) ?? { bias: 0, scale: 1 };
    const own = byAnnotator.get(label.annotator)?.map((row) => row.label.score);
    const others = (byItem.get(itemOf(label)) ?? [])
      .filter((row) => row.label.judgementId !== label.judgementId)
      .map((row) => row.label.score);
    return {
      judgementId: label.judgementId,
      promptId: label.promptId,
      completionId: label.completion.completionId,
      ...(label.aspect === undefined ? {} : { aspect: label.aspect }),
      characters: label.completion.text.length,
      score: label.score,
      model,
      untrained: untrained[index] ?? Number.NaN,
      modelForAnnotator: effects.mean + habit.bias + habit.scale * (model - effects.mean),
      mean,
      annotatorMean: own ? meanOf(own) : mean,
      itemMean: others.length > 0 ? meanOf(others) : mean,
    };
  });
}

/** Held-out figures in the original scale beside the baselines; accuracy is over pairs of answers to one prompt. */
export function ratingFigures(predictions: readonly RatingPrediction[]): Metrics {
  if (predictions.length === 0) return {};
  const squaredError = (of: "modelForAnnotator" | "mean" | "annotatorMean" | "itemMean") =>
    clusteredMean(predictions.map((row) => ({ cluster: row.promptId, value: (row[of] - row.score) ** 2 })));
  const model = squaredError("modelForAnnotator");
  const pairs = answerPairs(predictions);
  const figures: Record<string, number> = {
    "heldout.ratings": predictions.length,
    "heldout.mse": model.mean,
    "heldout.mse.low": model.low,
    "heldout.mse.high": model.high,
    "heldout.correlation": correlation(
      predictions.map((row) => row.model),
      predictions.map((row) => row.score),
    ),
    "baseline.mean.mse": squaredError("mean").mean,
    "baseline.annotator.mse": squaredError("annotatorMean").mean,
    "baseline.item.mse": squaredError("itemMean").mean,
    ...aspectFigures(predictions),
  };
  if (pairs.length > 0) {
    const accuracy = clusteredMean(
      pairs.map(({ cluster, model: value }) => ({ cluster, value })),
      shareBounds,
    );
    figures["heldout.pairs"] = pairs.length;
    figures["heldout.accuracy"] = accuracy.mean;
    figures["heldout.accuracy.low"] = accuracy.low;
    figures["heldout.accuracy.high"] = accuracy.high;
    figures["baseline.untrained.accuracy"] = meanOf(pairs.map(({ untrained }) => untrained));
    figures["baseline.longer.accuracy"] = meanOf(pairs.map(({ longer }) => longer));
  }
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => Number.isFinite(value)));
}

/** Squared error on each aspect beside that of its own mean over the held-out ratings, which nobody could know beforehand. */
function aspectFigures(predictions: readonly RatingPrediction[]): Record<string, number> {
  const rated = predictions.filter(({ aspect }) => aspect !== undefined);
  return Object.fromEntries(
    [...grouped(rated, ({ aspect }) => aspect ?? "")].flatMap(([aspect, rows]) => {
      const mean = meanOf(rows.map(({ score }) => score));
      return [
        [`heldout.aspect.${aspect}.mse`, meanOf(rows.map((row) => (row.modelForAnnotator - row.score) ** 2))],
        [`baseline.aspect.${aspect}.mse`, meanOf(rows.map(({ score }) => (score - mean) ** 2))],
      ];
    }),
  );
}

/** Each pair of answers to one prompt with different mean ratings (of one aspect): 1 where the scorer puts the better one first, ½ if equal. */
function answerPairs(predictions: readonly RatingPrediction[]) {
  return [...grouped(predictions, (row) => JSON.stringify([row.promptId, row.aspect]))].flatMap(([, rows]) => {
    const cluster = rows[0]?.promptId ?? "";
    const answers = [...grouped(rows, (row) => row.completionId).values()].map((own) => ({
      score: meanOf(own.map((row) => row.score)),
      model: own[0]?.model ?? 0,
      untrained: own[0]?.untrained ?? 0,
      characters: own[0]?.characters ?? 0,
    }));
    return answers.flatMap((a, i) =>
      answers
        .slice(i + 1)
        .filter((b) => a.score !== b.score)
        .map((b) => {
          const right = (difference: number) => (1 + Math.sign(difference) * Math.sign(a.score - b.score)) / 2;
          return {
            cluster,
            model: right(a.model - b.model),
            untrained: right(a.untrained - b.untrained),
            longer: right(a.characters - b.characters),
          };
        }),
    );
  });
}
