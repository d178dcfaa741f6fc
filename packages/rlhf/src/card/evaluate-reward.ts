import type { Comparison, Rating, ReportCard } from "@touchstone/contracts";
import type { Engine } from "@touchstone/engine";
import type { Files } from "../model/files.ts";
import type { RewardHead } from "../model/head.ts";
import { trainBigramBaseline } from "../reward/bigram-baseline.ts";
import { winTarget } from "../reward/comparison-examples.ts";
import { openScorer, rewardHeadOf } from "../reward/open-scorer.ts";
import { pairsOfComparisons, pairsOfRatings } from "./card-pair.ts";
import { heldOutPrompts, pickFreshAnswers } from "./fresh-answers.ts";
import { type PairToScore, promptControls } from "./prompt-controls.ts";
import { reportCard } from "./report-card.ts";

export interface RewardEvaluation {
  readonly engine: Pick<Engine, "tf" | "fingerprint">;
  readonly reward: Files;
  /** Of the training split: what the count of words is fitted on; of the others: what the model is judged by. */
  readonly comparisons: readonly Comparison[];
  /** Read where no comparison is held out. Ratings of single aspects are left out: a model has one score for an answer. */
  readonly ratings: readonly Rating[];
  /** Whose fresh answers to the held-out prompts the model picks from; left out, the card has none. */
  readonly policy?: Files | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What the objective of a model makes of the difference of two scores. */
const isOfRatings: readonly RewardHead["objective"][] = ["squared-error", "per-aspect", "combined"];

/**
 * The report card of a model that is there already: made before there were cards, brought from elsewhere, or to be judged on other
 * labels. What was before its first label is not known, and σ of the difference stands for the objective's own probability.
 *
 * @throws TrainingError `wrong_model`, `bad_model_files`, `cancelled`
 */
export async function evaluateReward(request: RewardEvaluation): Promise<ReportCard> {
  const { engine, reward, policy, comparisons, ratings, signal } = request;
  const card = await evaluateOnLabels(request);
  if (!policy) return card;
  const prompts = heldOutPrompts({ comparisons, ratings });
  return { ...card, ...(await pickFreshAnswers({ engine, reward, policy, prompts, seed: 0, signal })) };
}

async function evaluateOnLabels(request: RewardEvaluation): Promise<ReportCard> {
  const { engine, comparisons, ratings, signal } = request;
  const { objective } = rewardHeadOf(request.reward);
  const scorer = openScorer(engine, request.reward);
  const scoresOf = async (pairs: readonly PairToScore[]) => {
    const items = pairs.flatMap(({ prompt, a, b }) => [a, b].map((text) => ({ prompt, text })));
    const scores = await scorer.score(items, signal);
    return pairs.map((_, at) => (scores[2 * at]?.score ?? Number.NaN) - (scores[2 * at + 1]?.score ?? Number.NaN));
  };
  try {
    const heldOut = comparisons.filter(({ split }) => split !== "train");
    if (heldOut.length === 0) {
      const rated = ratings.filter(({ split, aspect }) => split !== "train" && aspect === undefined);
      const items = rated.map(({ prompt, completion }) => ({ prompt, text: completion.text }));
      const scores = await scorer.score(items, signal);
      const predictions = scores.map(({ score }) => ({ model: score, untrained: null }));
      const pairs = pairsOfRatings(rated, predictions);
      const gaps = { shuffled: null, empty: null };
      return reportCard({ objective, made: "later", labels: "ratings", pairs, uncalibrated: "ratings", gaps });
    }
    const bigram = wordCount(comparisons.filter(({ split }) => split === "train"));
    const model = await scoresOf(heldOut.map(({ prompt, a, b }) => ({ prompt, a: a.text, b: b.text })));
    const predictions = heldOut.map(({ a, b }, at) => ({
      model: model[at] ?? Number.NaN,
      untrained: null,
      bigram: bigram && bigram(a.text) - bigram(b.text),
    }));
    const { differences, gaps } = await promptControls(heldOut, heldOut.length, scoresOf);
    const pairs = pairsOfComparisons(heldOut, predictions, differences);
    const uncalibrated = isOfRatings.includes(objective) ? "ratings" : null;
    return reportCard({ objective, made: "later", labels: "comparisons", pairs, uncalibrated, gaps });
  } finally {
    scorer.dispose();
  }
}

/** The baseline that counts words, where there is something to fit it on. */
function wordCount(train: readonly Comparison[]): ((text: string) => number) | null {
  if (train.length === 0) return null;
  const pairs = train.map((label) => ({
    a: label.a.text,
    b: label.b.text,
    target: winTarget(label, 0),
    weight: label.weight,
  }));
  return trainBigramBaseline(pairs);
}
