import { z } from "zod";
import { FitUnknown } from "./label-fit.ts";

/** A figure with its 95 % interval, clustered by prompt; without one where a single prompt says nothing of the spread. */
export const CardFigure = z.object({
  value: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type CardFigure = z.infer<typeof CardFigure>;

/** Held-out pairs that have something in common. */
export const CardSlice = z.object({
  /** What: a strength (1–3), a language by its script, a span of characters, an annotator (A1, A2, … within this card only). */
  of: z.string(),
  pairs: z.number().int(),
  prompts: z.number().int(),
  accuracy: CardFigure,
  /** Accuracy of “the longer answer wins” on the same pairs, and how far the model is ahead of it. */
  longer: z.number(),
  lead: CardFigure,
});
export type CardSlice = z.infer<typeof CardSlice>;

/** `held-out-permuted`: the labels that the model is judged by, not those that it is taught; nothing is trained again. */
export const CardControlName = z.enum([
  "longer",
  "bigram",
  "untrained",
  "held-out-permuted",
  "prompt-shuffled",
  "prompt-empty",
]);
export type CardControlName = z.infer<typeof CardControlName>;

/** Why a control was not measured. */
export const CardGap = z.enum(["not-measured", "one-prompt", "template"]);
export type CardGap = z.infer<typeof CardGap>;

/** Something that knows less than the model, on the same pairs. */
export const CardControl = z.object({
  name: CardControlName,
  /** Fewer than all held-out pairs where measuring would have made the run much longer: every k-th. */
  pairs: z.number().int(),
  /** Of `held-out-permuted`: mean and central 95 % over the permutations. */
  accuracy: CardFigure.nullable(),
  /** Accuracy of the model less that of the control, pair by pair. */
  lead: CardFigure.nullable(),
  /** Of `held-out-permuted`: the share of permutations in which the labels agree with the model as much as the true ones. */
  p: z.number().nullable(),
  missing: CardGap.nullable(),
});
export type CardControl = z.infer<typeof CardControl>;

/** One bin of the reliability diagram, on the probability of what the model takes for the better answer: ½ to 1. */
export const CardBin = z.object({
  from: z.number(),
  to: z.number(),
  pairs: z.number().int(),
  confidence: z.number(),
  accuracy: CardFigure,
});
export type CardBin = z.infer<typeof CardBin>;

/** Whether the model's probabilities can be taken at their word. */
export const CardCalibration = z.object({
  /** Mean −log P of what people chose, in nats; a coin has .693. */
  logLoss: CardFigure,
  /** Mean squared error of P (half of Brier's sum over both answers); a coin has .25. */
  brier: CardFigure,
  /** Mean distance of confidence from accuracy, over the bins. */
  ece: CardFigure,
  /** What ECE stays below in 95 of 100 draws for a model that is perfectly calibrated, with these confidences and this few pairs. */
  eceByChance: z.number(),
  bins: z.array(CardBin),
});
export type CardCalibration = z.infer<typeof CardCalibration>;

/** Pairs that several people judged: how well one of them foretells another, and how well the model does. */
export const CardPeople = z.object({
  pairs: z.number().int(),
  prompts: z.number().int(),
  judgements: z.number().int(),
  agreement: CardFigure,
  model: CardFigure,
  /** The model less a person. */
  lead: CardFigure,
});
export type CardPeople = z.infer<typeof CardPeople>;

/** Best-of-n among the stored answers that people compared: what share of its comparisons the answer that was picked has won. */
export const CardBestOf = z.object({
  /** Answers that lay there and that people have compared; fresh ones of a policy have no votes to be judged by. */
  candidates: z.literal("stored"),
  prompts: z.number().int(),
  /** Mean number of answers that one was picked from; at least three each. */
  answers: z.number(),
  picked: CardFigure,
  longest: z.number(),
  /** The pick less the longest answer. */
  lead: CardFigure,
  /** Of the answer that won most often: nobody can pick better. */
  most: z.number(),
});
export type CardBestOf = z.infer<typeof CardBestOf>;

/**
 * What best-of-n by the model takes of fresh answers of the policy that it was made from. Nobody has judged them: it says what they are
 * picked by, not how good they are.
 */
export const CardFreshPicks = z.object({
  prompts: z.number().int(),
  /** n: answers to each prompt. */
  answers: z.number().int(),
  /** How many of them differ, on average. */
  different: z.number(),
  /** How far best-of-n is from one answer at most, in nats: log n − (n − 1) / n. */
  kl: z.number(),
  /** Share of prompts where the pick is the longest answer, and what chance gives. */
  longest: CardFigure,
  chance: z.number(),
  /** Characters of the pick less the mean of its prompt's answers. */
  longer: CardFigure,
});
export type CardFreshPicks = z.infer<typeof CardFreshPicks>;

/** What a reward model is worth on labels that it did not learn from. */
export const ReportCard = z.object({
  format: z.literal(1),
  /** What it comes to, before all figures. */
  sentence: z.object({ en: z.string(), zh: z.string() }),
  verdict: z.enum(["better", "not-shown", "worse", "none"]),
  objective: z.string(),
  /**
   * Whether the run made it, or somebody later from the model's files: then σ of the difference stands for the objective's own
   * probability, and what the model was before its first label is not known.
   */
  made: z.enum(["run", "later"]),
  labels: z.enum(["comparisons", "ratings"]),
  /** Held-out pairs of which one answer was preferred; what is said of accuracy is said of these. */
  pairs: z.number().int(),
  prompts: z.number().int(),
  /** Held-out pairs that people called equal: there is no right answer. */
  ties: z.number().int(),
  /** How many of the pairs are of either split. Rows of the test split decided nothing in the run. */
  splits: z.object({ validation: z.number().int(), test: z.number().int() }),
  accuracy: CardFigure.nullable(),
  calibration: CardCalibration.nullable(),
  /** Why there is none: σ(r_a − r_b) is a probability neither for models of ratings nor for ones taught with margins. */
  uncalibrated: z.enum(["ratings", "margins"]).nullable(),
  controls: z.array(CardControl),
  /** Pairs whose answers differ in length by at most 30 % of the longer one. */
  lengthMatched: CardSlice.nullable(),
  slices: z.object({
    strength: z.array(CardSlice),
    language: z.array(CardSlice),
    length: z.array(CardSlice),
    annotator: z.array(CardSlice),
  }),
  people: CardPeople.nullable(),
  bestOf: CardBestOf.nullable(),
  fresh: CardFreshPicks.nullable(),
  /** Why there are none: the policy is not there, no prompt is held out, or it could not answer them. */
  freshMissing: z.enum(["no-policy", "no-prompt", "failed"]).nullable(),
});
export type ReportCard = z.infer<typeof ReportCard>;

/** The file of a reward model's folder that holds its card. */
export const reportCardFile = "report-card.json";

/** A model's card, or why there is none. */
export const ReportCardView = z.object({
  card: ReportCard.nullable(),
  /**
   * `policy`: cards are of reward models; `evaluating`: a worker makes one now; `earlier`: made before there were cards, or brought
   * from elsewhere; `lost`: its file can't be read.
   */
  missing: z.enum(["policy", "evaluating", "earlier", "lost"]).nullable(),
  /** Why no worker makes one though the labels are there. */
  hindrance: FitUnknown.nullable(),
});
export type ReportCardView = z.infer<typeof ReportCardView>;
