import type { Comparison, DpoSpec } from "@touchstone/contracts";
import { comparisonsOf } from "@touchstone/labeling";
import { meanOf, sumOf } from "../arithmetic.ts";
import { type Model, packModel } from "../model/model-files.ts";
import { comparisonExamples } from "../reward/comparison-examples.ts";
import { heldOutOf, noteTestRows } from "../reward/held-out.ts";
import { encodeFitting } from "../reward/labelled-answers.ts";
import { noteCoverage, noteLabels } from "../reward/note-labels.ts";
import { cutStep } from "../training/cut-step.ts";
import { exampleOrder, stepsOf } from "../training/example-order.ts";
import type { Note } from "../training/note.ts";
import { orDispose } from "../training/or-dispose.ts";
import type { TraineeRequest, TrainingData } from "../training/request.ts";
import type { Trainee } from "../training/trainee.ts";
import { reasoned, tooFew } from "../training-error.ts";
import { directModels, openDirectPolicy, sequenceLogProbs } from "./direct-policy.ts";
import { glanceAt } from "./held-out-look.ts";
import {
  isOfOnePrompt,
  type KtoAnswer,
  type KtoObjective,
  type KtoRow,
  ktoWeight,
  mismatchedAnswers,
  rowOfAnswer,
  rowOfComparison,
} from "./kto-answers.ts";
import { gainFigures } from "./kto-figures.ts";
import { ktoPart } from "./kto-part.ts";
import { noteUnreadMargins } from "./margins.ts";
import { prefixed } from "./prefixed.ts";

/**
 * Kahneman–Tversky optimisation (Ethayarajh et al. 2024): answers that were wanted or not, each alone or as the two sides of a
 * comparison, move the policy itself. Rankings give their pairs at weight 2/K.
 */
export async function openKtoTrainer(
  spec: DpoSpec,
  objective: KtoObjective,
  request: TraineeRequest,
  note: Note,
): Promise<Trainee> {
  const { seed, data, signal, team } = request;
  const models = directModels(request);
  const { start } = models;
  const comparisons = comparisonsOf(data.comparisons ?? [], data.rankings ?? []);
  const rows = ktoRows(spec, { ...data, comparisons }, start, note);
  refuseNothingToPull(spec, objective, rows.train);
  noteSides(note, objective, rows.train);
  const prompts = [...comparisons, ...(data.unpaired ?? [])];
  const direct = openDirectPolicy(spec, request, models, prompts, note);
  const { policy, reference } = direct;
  const answers = [...rows.train, ...rows.heldOut].flatMap((row) => row.answers);
  const sequencesOf = (of: readonly KtoAnswer[]) => of.map(({ sequence }) => sequence);
  // The reference never changes: what it gives is computed once.
  const sums = await orDispose(direct, sequenceLogProbs(reference, sequencesOf(answers), signal));
  const references = new Map(answers.map((answer, index) => [answer, sums[index] ?? 0]));
  const referenceOf = (answer: KtoAnswer) => references.get(answer) ?? 0;
  const order = exampleOrder(rows.train.length, spec.batchSize, seed);

  /** z: what the batch's answers under others' prompts gained against the reference, never below 0. */
  const baseline = async (batch: readonly KtoRow[]) => {
    const mismatched = mismatchedAnswers(batch, rows.train, start.config.context);
    const own = await sequenceLogProbs(policy, mismatched, signal);
    const theirs = await sequenceLogProbs(reference, mismatched, signal);
    return Math.max(0, meanOf(own.map((sum, index) => sum - (theirs[index] ?? 0))));
  };
  const evaluate = async (of: readonly KtoRow[], at: "watched" | "final") => {
    const held = of.flatMap((row) => row.answers);
    const own = await sequenceLogProbs(policy, sequencesOf(held), signal);
    const gains = new Map(held.map((answer, index) => [answer, (own[index] ?? 0) - referenceOf(answer)]));
    return prefixed("heldout", { ...gainFigures(of, gains), ...(await direct.drift(at)) });
  };

  return {
    totalSteps: stepsOf(spec.epochs, rows.train.length, spec.batchSize),
    parameters: policy.parameters,
    trains: () => true,
    async prepare(step) {
      const batch = order.at(step).flatMap((index) => rows.train[index] ?? []);
      const z = await baseline(batch);
      const weightOf = (row: KtoRow) => sumOf(row.answers.map((answer) => ktoWeight(objective, answer)));
      const pieces = cutStep(batch, spec.accumulate, team, weightOf);
      return {
        parts: pieces.map(({ rows: piece, share }) => ktoPart(policy, piece, referenceOf, { objective, share, z })),
        metrics: { klBaseline: z },
      };
    },
    evaluate: () => evaluate(rows.heldOut.slice(0, Math.min(rows.watched, glanceAt)), "watched"),
    async finish() {
      return {
        files: packModel({ ...start, weights: policy.parameters.read() }),
        metrics: {
          labels: rows.train.length,
          labelsTooLong: rows.tooLong,
          ...(await evaluate(rows.heldOut, "final")),
        },
      };
    },
    dispose: direct.dispose,
  };
}

/** Comparisons and single answers as rows. @throws TrainingError `too_few_labels`, `one_class`, `all_too_long` */
function ktoRows(
  spec: DpoSpec,
  { comparisons, unpaired = [] }: Pick<TrainingData, "unpaired"> & { readonly comparisons: readonly Comparison[] },
  { tokenizer, config }: Model,
  note: Note,
) {
  const { context } = config;
  if (unpaired.length === 0) {
    const examples = comparisonExamples(comparisons, tokenizer, context, spec.minimumLabels);
    noteLabels(note, "comparisons", examples, context);
    noteUnreadMargins(note, comparisons, "kto");
    const of = (some: typeof examples.train) => some.map(rowOfComparison);
    return { ...examples, train: of(examples.train), heldOut: of(examples.heldOut) };
  }
  const encode = (row: (typeof unpaired)[number]) => rowOfAnswer(row, tokenizer, context);
  const training = unpaired.filter(({ split }) => split === "train");
  const single = encodeFitting(training, encode);
  const heldOut = heldOutOf(unpaired, encode);
  const total = single.fitting.length + comparisons.filter(({ split }) => split === "train").length;
  if (total < spec.minimumLabels) throw tooFew("answers", total, spec.minimumLabels);
  noteCoverage(note, "answers", single.fitting.length, single.tooLong, context);
  noteTestRows(note, "answers", heldOut);
  if (comparisons.length === 0) return { train: single.fitting, ...heldOut, tooLong: single.tooLong };
  const examples = comparisonExamples(comparisons, tokenizer, context, 1);
  noteLabels(note, "comparisons", examples, context);
  const paired = examples.heldOut.map(rowOfComparison);
  const cut = examples.watched;
  return {
    train: [...examples.train.map(rowOfComparison), ...single.fitting],
    heldOut: [
      ...[...paired.slice(0, cut), ...heldOut.heldOut.slice(0, heldOut.watched)],
      ...[...paired.slice(cut), ...heldOut.heldOut.slice(heldOut.watched)],
    ],
    watched: cut + heldOut.watched,
    tooLong: examples.tooLong + single.tooLong,
  };
}

/** Without another prompt to put answers under, the estimate of the KL is their own log-ratio, and the loss pulls nowhere. */
function refuseNothingToPull({ batchSize }: DpoSpec, objective: KtoObjective, rows: readonly KtoRow[]): void {
  if (batchSize < 2) {
    throw reasoned("ktoBatchOfOne");
  }
  if (objective.desirable === 0 && objective.undesirable === 0) {
    throw reasoned("ktoNothingWeighs");
  }
  if (isOfOnePrompt(rows)) {
    throw reasoned("ktoOnePrompt", { rows: rows.length });
  }
}

/** Says how many answers pull up and down. @throws TrainingError `one_class` */
function noteSides(note: Note, { desirable, undesirable }: KtoObjective, rows: readonly KtoRow[]): void {
  const all = rows.flatMap(({ answers }) => answers);
  const [wanted, unwanted] = ([1, -1] as const).map((way) => all.filter((answer) => answer.wanted === way).length);
  if (!wanted || !unwanted) {
    throw reasoned(wanted ? "ktoAllWanted" : "ktoAllUnwanted", { count: all.length });
  }
  note(
    `KTO learns from ${wanted.toLocaleString("en")} wanted answers, each weighing ${desirable}, and ${unwanted.toLocaleString("en")} unwanted ones, each weighing ${undesirable}.`,
    { code: "kto_sides", level: "note", values: { wanted, unwanted, desirable, undesirable } },
  );
}
