import { createHash } from "node:crypto";
import { type Comparison, type FrozenFeatures, type RewardSpec, reportCardFile } from "@touchstone/contracts";
import { comparisonsOf } from "@touchstone/labeling";
import { meanOf } from "../arithmetic.ts";
import { pairsOfComparisons } from "../card/card-pair.ts";
import { controlledPairs, promptControls } from "../card/prompt-controls.ts";
import { reportCard } from "../card/report-card.ts";
import { modelSha256 } from "../model/describe-model.ts";
import type { RewardHead } from "../model/head.ts";
import { neededPolicy } from "../model/needed-models.ts";
import { trainBigramBaseline } from "../reward/bigram-baseline.ts";
import { winTarget } from "../reward/comparison-examples.ts";
import { type ComparisonPrediction, comparisonFigures } from "../reward/evaluate-comparisons.ts";
import { type HeldOut, heldOutOf } from "../reward/held-out.ts";
import { noteCoverage, noteLabels } from "../reward/note-labels.ts";
import type { ScoredItem } from "../reward/reward-scorer.ts";
import type { Note } from "../training/note.ts";
import type { TrainerRequest, TrainerResult } from "../training/request.ts";
import { reasoned, TrainingError, tooFew } from "../training-error.ts";
import type { AnswerRow, BlockName } from "./blocks.ts";
import { type ChosenHead, type ClusteredPair, chooseHead, fitsOf, recipes } from "./choose-recipe.ts";
import { answerRows } from "./feature-items.ts";
import { packFrozen } from "./frozen-model.ts";
import { linearScore } from "./frozen-scorer.ts";
import { openStateReader } from "./state-reader.ts";

/**
 * A reward model that trains no network: a language model reads all answers once, and a head is fitted on what it makes of
 * them. Worth having where labels are few: a network has to learn what a policy knows already.
 *
 * @throws TrainingError `wrong_model`, `wrong_settings`, `too_few_labels`, `one_class`, `bad_model_files`, `cancelled`
 */
export async function trainFrozen(
  spec: RewardSpec,
  frozen: FrozenFeatures,
  request: TrainerRequest,
): Promise<TrainerResult> {
  const notes: string[] = [];
  const note: Note = (message, fact) => {
    notes.push(message);
    request.onNote?.(message, fact);
  };
  if (spec.objective.kind !== "bradley-terry") throw reasoned("frozenObjective", { objective: spec.objective.kind });
  if (spec.ensemble || spec.lora) throw reasoned("frozenEnsemble");
  const { engine, models, signal, data, features: cache } = request;
  const policy = neededPolicy(models.policy, "policyOfReward");
  const { comparisons = [], rankings = [] } = data;
  const labels = labelsOf(comparisonsOf(comparisons, rankings), spec.minimumLabels);
  const { train, heldOut } = labels;
  noteCoverage(note, "comparisons", train.length, 0, frozen.context);
  noteRest(note, labels, frozen.context);

  const items = new Answers();
  const pairs = train.map((label) => pairOf(label, items));
  const learned = items.all.length; // the answers that scales are measured on: of the training pairs alone
  const measured = heldOut.map((label) => pairOf(label, items));
  const sha256 = modelSha256(models.policy ?? new Map());
  const reader = openStateReader(engine, policy, sha256, frozen.context);
  const fits = fitsOf(frozen.folds);
  let total = 2 * items.all.length + fits;
  const began = performance.now();
  try {
    const blocks = [...new Set(recipes.flatMap((recipe) => recipe.blocks))];
    const rows = await answerRows(reader, items.all, blocks, {
      ...{ cache, signal },
      async onProgress({ done, answers, tokens }) {
        total = answers + fits;
        const tokensPerSecond = (1_000 * tokens) / (performance.now() - began);
        if (done > 0) await request.onMetric?.(done, { tokensPerSecond }, total);
      },
    });
    noteCut(note, rows, frozen.context);
    const merged = mergedVotes(pairs);
    const chosen = await chooseHead({
      tf: engine.tf,
      answers: rows.slice(0, learned),
      pairs: merged,
      folds: frozen.folds,
      async onFit(done, all) {
        if (signal?.aborted) throw new TrainingError("cancelled", "The work was cancelled.");
        await request.onMetric?.(total - fits + Math.round((done / all) * fits), { fits: done }, total);
      },
    });
    noteChoice(note, chosen, merged.length);
    const scores = rows.map((row) => linearScore(chosen, row));
    const predictions = predictionsOf(heldOut, measured, scores, rows, train);
    const metrics = {
      labels: train.length,
      strength: chosen.strength,
      "cv.accuracy": chosen.tried[0]?.accuracy ?? Number.NaN,
      "cv.logLoss": chosen.tried[0]?.logLoss ?? Number.NaN,
      "cv.lead.plain": chosen.lead.mean,
      ...bounded("cv.lead.plain", chosen.lead),
      ...comparisonFigures(predictions),
    };
    const reference = rows.slice(0, learned);
    const head: RewardHead = {
      ...{ kind: "reward", objective: "bradley-terry", scale: 1, offset: 0 },
      normalisation: normalisationOf(
        items.all.slice(0, learned),
        reference.map((_, index) => scores[index] ?? 0),
      ),
    };
    const files = packFrozen({
      restsOn: {
        name: request.policyName ?? "",
        sha256,
        tokenizerSha256: policy.tokenizer.sha256,
        config: policy.config,
      },
      context: frozen.context,
      recipe: chosen.recipe.name,
      strength: chosen.strength,
      bias: chosen.bias,
      head,
      weights: new Map(
        [...chosen.weights].map(([block, weight]): [BlockName, Float32Array] => [block, Float32Array.from(weight)]),
      ),
    });
    const { recipe, tried, lead, leadOverNext, folds } = chosen;
    const evaluation = {
      objective: "bradley-terry",
      metrics,
      choice: { recipe: recipe.id, name: recipe.name, strength: chosen.strength, folds, tried, lead, leadOverNext },
      predictions,
    };
    const controls = await promptControls(heldOut, controlledPairs(train.length, 1), async (others) => {
      const asked = others.flatMap(({ prompt, a, b }) => [a, b].map((text) => ({ prompt: [...prompt], text })));
      const read = await answerRows(reader, asked, [...chosen.weights.keys()], { cache, signal });
      const found = read.map((row) => linearScore(chosen, row));
      return others.map((_, at) => (found[2 * at] ?? Number.NaN) - (found[2 * at + 1] ?? Number.NaN));
    });
    const card = reportCard({
      ...{ objective: "bradley-terry", labels: "comparisons", uncalibrated: null, gaps: controls.gaps },
      pairs: pairsOfComparisons(heldOut, predictions, controls.differences),
    });
    files.set(reportCardFile, new TextEncoder().encode(JSON.stringify(card)));
    files.set("evaluation.json", new TextEncoder().encode(JSON.stringify(evaluation)));
    await request.onMetric?.(total, metrics, total);
    return { files, metrics, steps: total, notes };
  } finally {
    reader.dispose();
  }
}

/** Different answers in the order in which they are first met. */
class Answers {
  readonly all: ScoredItem[] = [];
  private readonly places = new Map<string, number>();

  placeOf({ prompt, text }: ScoredItem): number {
    const key = JSON.stringify([prompt, text]);
    const known = this.places.get(key);
    if (known !== undefined) return known;
    const place = this.all.push({ prompt, text }) - 1;
    this.places.set(key, place);
    return place;
  }
}

interface Labels extends HeldOut<Comparison> {
  readonly train: readonly Comparison[];
  /** Of any split, left out: both answers are one text. */
  readonly identical: number;
}

function labelsOf(comparisons: readonly Comparison[], minimum: number): Labels {
  const rows = comparisons.filter(({ split }) => split === "train");
  if (rows.length < minimum) throw tooFew("comparisons", rows.length, minimum);
  const differ = (label: Comparison) => (label.a.text === label.b.text ? undefined : label);
  const train = rows.flatMap((label) => differ(label) ?? []);
  if (train.length < minimum) throw tooFew("comparisons", train.length, minimum, "of two different answers ");
  if (train.every(({ outcome }) => outcome === 0)) {
    throw new TrainingError(
      "one_class",
      `All ${train.length} comparisons are ties, so they do not say which answers are better.`,
      { values: { noun: "comparisons", count: train.length } },
    );
  }
  if (new Set(train.map(({ promptId }) => promptId)).size < 2)
    throw reasoned("frozenOnePrompt", { count: train.length });
  const held = heldOutOf(comparisons, differ);
  return { train, ...held, identical: comparisons.length - train.length - held.heldOut.length };
}

function pairOf(label: Comparison, answers: Answers): ClusteredPair {
  const [a, b] = [label.a, label.b].map(({ text }) => answers.placeOf({ prompt: label.prompt, text }));
  if (a === undefined || b === undefined) throw new RangeError("a comparison has two answers");
  return { a, b, target: winTarget(label, noise), weight: label.weight, cluster: label.promptId };
}

/** Every vote is taken at its word: of several on one pair, what they disagree by is kept. */
const noise = 0;

/** Votes on the same two answers as one pair with the share that each got; the loss is the same, and there are fewer rows. */
function mergedVotes(pairs: readonly ClusteredPair[]): ClusteredPair[] {
  const merged = new Map<string, ClusteredPair>();
  for (const pair of pairs) {
    const { a, b, target, weight, cluster } =
      pair.a <= pair.b ? pair : { ...pair, a: pair.b, b: pair.a, target: 1 - pair.target };
    const key = `${a} ${b} ${cluster}`;
    const known = merged.get(key);
    const votes = weight + (known?.weight ?? 0);
    const share = (weight * target + (known ? known.weight * known.target : 0)) / votes;
    merged.set(key, { a, b, target: share, weight: votes, cluster });
  }
  return [...merged.values()];
}

function predictionsOf(
  labels: readonly Comparison[],
  pairs: readonly ClusteredPair[],
  scores: readonly number[],
  rows: readonly AnswerRow[],
  train: readonly Comparison[],
): ComparisonPrediction[] {
  const bigram = trainBigramBaseline(
    train.map((label) => ({ a: label.a.text, b: label.b.text, target: winTarget(label, noise), weight: label.weight })),
  );
  const likelihood = (place: number) => rows[place]?.prompted?.logProb ?? 0;
  return labels.map(({ judgementId, promptId, outcome, a: first, b: second }, index) => {
    const { a = 0, b = 0 } = pairs[index] ?? {};
    return {
      ...{ judgementId, promptId, outcome },
      model: (scores[a] ?? 0) - (scores[b] ?? 0),
      untrained: likelihood(a) - likelihood(b),
      longer: first.text.length - second.text.length,
      bigram: bigram(first.text) - bigram(second.text),
    };
  });
}

/** Mean and deviation on all training answers, named by their content. */
function normalisationOf(items: readonly ScoredItem[], scores: readonly number[]): RewardHead["normalisation"] {
  const mean = meanOf(scores);
  const deviation = Math.sqrt(meanOf(scores.map((score) => (score - mean) ** 2)));
  const hash = createHash("sha256").update(JSON.stringify(items)).digest("hex");
  return {
    mean,
    standardDeviation: Math.max(deviation, 1e-6),
    referenceSet: `training answers ${hash.slice(0, 16)}`,
    answers: scores.length,
  };
}

/** What else there is to say of labels: what was left out, what is kept for the end. */
function noteRest(note: Note, { train, heldOut, watched, identical }: Labels, context: number): void {
  const counts = { train: [], heldOut, watched, identical, tooLong: 0, promptsCut: 0 };
  noteLabels(
    (message, fact) => (fact?.code === "trained_on" ? undefined : note(message, fact)),
    "comparisons",
    { ...counts, train },
    context,
  );
}

function noteCut(note: Note, rows: readonly AnswerRow[], context: number): void {
  const count = rows.filter(({ prompted }) => prompted?.truncated).length;
  if (count === 0) return;
  note(
    `${count} ${count === 1 ? "answer" : "answers"} did not fit into ${context} tokens and ${count === 1 ? "was" : "were"} read to there.`,
    {
      code: "answers_cut",
      level: "warning",
      values: { count, context },
    },
  );
}

/** Which recipe won, and by how much. */
function noteChoice(
  note: Note,
  { recipe, strength, tried, lead, leadOverNext, folds }: ChosenHead,
  pairs: number,
): void {
  const [best, next] = tried;
  const accuracy = best?.accuracy ?? Number.NaN;
  const shown = ({ mean, low, high }: ChosenHead["lead"]) => `${points(mean)} [${points(low)}, ${points(high)}]`;
  note(
    `Chosen on prompts it was not fitted on: ${recipe.name}, C = ${strength}; ${(100 * accuracy).toFixed(1)} % right there. Over the next best (${nameOf(next?.recipe)}): ${shown(leadOverNext)} points.`,
    {
      code: "frozen_recipe",
      level: "note",
      values: {
        recipe: recipe.id,
        other: next?.recipe ?? "",
        ...{ strength, accuracy, lead: leadOverNext.mean },
        ...finite(leadOverNext),
      },
    },
  );
  note(
    `Over length and bigrams alone, on ${folds} parts of the prompts left out in turn (${pairs} pairs): ${shown(lead)} points.`,
    {
      code: "frozen_lead",
      level: lead.low > 0 ? "note" : "warning",
      values: { lead: lead.mean, ...finite(lead), folds, count: pairs },
    },
  );
}

const nameOf = (id: string | undefined) => recipes.find((recipe) => recipe.id === id)?.name ?? "";

function points(share: number): string {
  const value = 100 * share;
  return `${value > 0 ? "+" : ""}${value.toFixed(1)}`;
}

/** Two clusters at least are there, so the interval has ends; JSON has no infinity. */
function finite({ low, high }: ChosenHead["lead"]) {
  return { low: Math.max(-1, low), high: Math.min(1, high) };
}

function bounded(name: string, interval: ChosenHead["lead"]) {
  const { low, high } = finite(interval);
  return { [`${name}.low`]: low, [`${name}.high`]: high };
}
