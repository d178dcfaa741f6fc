import type { PreferenceAnswer, RatingAnswer } from "@touchstone/contracts";
import { hash32, practiceRandom } from "./random.ts";

/** A pretend annotator's habits. Utilities are in [0, 1], so all of these are in the same unit unless said otherwise. */
export interface AnnotatorHabits {
  /** Standard deviation of a lasting personal taste for or against an answer: it stays the same at every look. */
  readonly taste: number;
  /** Standard deviation of the slip of one judgement. */
  readonly noise: number;
  /** Added to whatever stands on the left. */
  readonly positionBias: number;
  /** Probability of pressing a key without reading. */
  readonly carelessness: number;
  /** Added to every rating; harsh is negative. Pairs are not touched by it. */
  readonly leniency: number;
  /** How much of the 1–5 scale is used; 1 is all of it. */
  readonly spread: number;
  /** Differences smaller than this are a tie. */
  readonly tieBelow: number;
  /** When both seem worse than this, neither is worth choosing. */
  readonly badBelow: number;
}

/** Simulated people must never be mistaken for real ones: whoever stores a judgement marks it as simulated. */
export interface SimulatedAnnotator {
  readonly seed: string;
  readonly name: string;
  readonly habits: AnnotatorHabits;
}

/** What is judged: the id decides taste and slips, so that the same question to the same annotator gets the same answer. */
export interface JudgedAnswer {
  readonly id: string;
  /** Hidden truth, see `utility`. */
  readonly utility: number;
}

/** One annotator, drawn from a crowd of careful and careless, mild and harsh people. The same seed is the same person. */
export function simulatedAnnotator(seed: number | string): SimulatedAnnotator {
  const text = `annotator/${seed}`;
  const random = practiceRandom(text);
  const between = (low: number, high: number) => low + (high - low) * random.uniform();
  return {
    seed: text,
    // Pages say beside it that nobody stands behind it.
    name: hash32(text).toString(36).slice(0, 4),
    habits: {
      taste: between(0.05, 0.12),
      noise: between(0.05, 0.15),
      positionBias: between(-0.02, 0.1),
      // Most people are careful; one in six presses keys.
      carelessness: random.chance(1 / 6) ? between(0.2, 0.4) : between(0, 0.06),
      leniency: 0.12 * random.normal(),
      spread: between(0.6, 1.1),
      tieBelow: between(0.03, 0.08),
      badBelow: between(0.1, 0.25),
    },
  };
}

/**
 * A graded preference between two answers in the order shown, 1 = left much better … 7 = right much better, or
 * "both bad". Deterministic in the annotator and the two ids.
 */
export function judgePair(annotator: SimulatedAnnotator, left: JudgedAnswer, right: JudgedAnswer): PreferenceAnswer {
  const { habits, seed } = annotator;
  const random = practiceRandom(`${seed}/pair/${left.id}/${right.id}`);
  if (random.chance(habits.carelessness)) {
    // Keys near the left hand come easier to people who don't read.
    return {
      choice: "graded",
      step: 1 + Math.floor(7 * random.uniform() ** (1 + 5 * Math.max(0, habits.positionBias))),
    };
  }
  const seenLeft = perceived(annotator, left);
  const seenRight = perceived(annotator, right);
  if (seenLeft < habits.badBelow && seenRight < habits.badBelow) return { choice: "both-bad" };
  const difference = seenLeft - seenRight + habits.positionBias + habits.noise * random.normal();
  const strength = Math.abs(difference);
  if (strength < habits.tieBelow) return { choice: "graded", step: 4 };
  const steps = stepsFromTie(strength - habits.tieBelow);
  return { choice: "graded", step: difference > 0 ? 4 - steps : 4 + steps };
}

/** Slightly (1), plainly (2) or much (3) better, by how far the felt difference lies beyond a tie. */
function stepsFromTie(beyondTie: number): 1 | 2 | 3 {
  if (beyondTie < 0.15) return 1;
  return beyondTie < 0.4 ? 2 : 3;
}

/** A rating on the 1–5 scale. Deterministic in the annotator and the id. */
export function rate(annotator: SimulatedAnnotator, answer: JudgedAnswer): RatingAnswer {
  const { habits, seed } = annotator;
  const random = practiceRandom(`${seed}/rating/${answer.id}`);
  if (random.chance(habits.carelessness)) return { choice: "rated", score: 1 + random.int(5) };
  const seen = perceived(annotator, answer) + habits.noise * random.normal() + habits.leniency;
  const score = Math.round(3 + 4 * habits.spread * (seen - 0.5));
  return { choice: "rated", score: Math.min(5, Math.max(1, score)) };
}

/** Utility plus this annotator's lasting taste: what makes their judgements of one answer hang together. */
function perceived({ seed, habits }: SimulatedAnnotator, answer: JudgedAnswer): number {
  return answer.utility + habits.taste * practiceRandom(`${seed}/taste/${answer.id}`).normal();
}
