import type { CardCalibration } from "@touchstone/contracts";
import { seededRandom } from "@touchstone/engine";
import { binOf, hitOf, pairwiseCalibration } from "../objectives/calibration.ts";
import { logSigmoid, sigmoid } from "../objectives/logistic.ts";
import { cardFigure, meanOver, shareOf } from "./card-figure.ts";
import type { CardPair } from "./card-pair.ts";
import { quantile } from "./quantile.ts";

/** Bins of the reliability diagram: five points of confidence each, as in Guo et al. 2017 (ten bins on [½, 1] here). */
const binCount = 10;
/** Resamples for an interval: its ends are then good to about a tenth of its length. */
const resamples = 400;

/**
 * Log-loss, Brier score and expected calibration error of the probabilities that a model gives to decided pairs, and its reliability
 * diagram (DeGroot and Fienberg 1983; Guo et al. 2017, eq. 2 and 3).
 *
 * Log-loss and Brier score are means over pairs, so their intervals are the sandwich's. ECE is none: whole prompts are resampled
 * (Efron 1979; Field and Welsh 2007). It is biased upwards in small samples, so beside it stands what chance alone gives
 * (consistency resampling: Bröcker and Smith 2007): outcomes drawn from the model's own confidences, pairs independent.
 *
 * @param decided pairs with a preferred answer, each with its log-odds
 * @returns null where a pair has no probability
 */
export function cardCalibration(decided: readonly CardPair[]): CardCalibration | null {
  if (decided.length === 0 || decided.some(({ logOdds }) => logOdds === null)) return null;
  const towards = ({ logOdds, outcome }: CardPair) => (logOdds ?? 0) * outcome;
  const differences = decided.map(towards);
  const { ece, bins } = pairwiseCalibration(differences, binCount);
  const inBin = (place: number) =>
    decided.filter((pair) => binOf(sigmoid(Math.abs(towards(pair))), binCount) === place);
  return {
    logLoss: meanOver(decided, (pair) => -logSigmoid(towards(pair)), [0, Number.POSITIVE_INFINITY]),
    brier: meanOver(decided, (pair) => sigmoid(-towards(pair)) ** 2, [0, 1]),
    ece: cardFigure({ value: ece, ...resampledEce(decided, towards) }),
    eceByChance: quantile(eceOfCalibrated(differences), 0.95),
    bins: bins.map(({ place, count, confidence }) => ({
      from: 0.5 + place / (2 * binCount),
      to: 0.5 + (place + 1) / (2 * binCount),
      pairs: count,
      confidence,
      accuracy: shareOf(inBin(place), (pair) => hitOf(towards(pair))),
    })),
  };
}

/** Σ (right − confidence) of each bin: all that ECE is made of. */
type Gaps = Float64Array;

function eceOf(gaps: Gaps, pairs: number): number {
  return gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / pairs;
}

/** The central 95 % of ECE over samples of as many prompts, drawn with replacement. One prompt alone says nothing. */
function resampledEce(pairs: readonly CardPair[], towards: (pair: CardPair) => number): { low: number; high: number } {
  const byPrompt = new Map<string, { pairs: number; gaps: Gaps }>();
  for (const pair of pairs) {
    const own = byPrompt.get(pair.promptId) ?? { pairs: 0, gaps: new Float64Array(binCount) };
    const confidence = sigmoid(Math.abs(towards(pair)));
    const place = binOf(confidence, binCount);
    own.pairs += 1;
    own.gaps[place] = (own.gaps[place] ?? 0) + hitOf(towards(pair)) - confidence;
    byPrompt.set(pair.promptId, own);
  }
  const prompts = [...byPrompt.values()];
  if (prompts.length < 2) return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  const random = seededRandom("ece by prompt");
  const draws = Array.from({ length: resamples }, () => {
    const gaps = new Float64Array(binCount);
    let drawn = 0;
    for (let i = 0; i < prompts.length; i++) {
      const prompt = prompts[random.int(prompts.length)];
      if (!prompt) continue;
      drawn += prompt.pairs;
      for (const [place, gap] of prompt.gaps.entries()) gaps[place] = (gaps[place] ?? 0) + gap;
    }
    return eceOf(gaps, drawn);
  });
  return { low: quantile(draws, 0.025), high: quantile(draws, 0.975) };
}

/** ECE of samples in which the model is right exactly as often as it says. */
function eceOfCalibrated(differences: readonly number[]): number[] {
  const rows = differences.map((d) => {
    const confidence = sigmoid(Math.abs(d));
    return { confidence, place: binOf(confidence, binCount) };
  });
  const random = seededRandom("ece by chance");
  return Array.from({ length: resamples }, () => {
    const gaps = new Float64Array(binCount);
    for (const { confidence, place } of rows) {
      gaps[place] = (gaps[place] ?? 0) + (random.uniform() < confidence ? 1 : 0) - confidence;
    }
    return eceOf(gaps, rows.length);
  });
}
