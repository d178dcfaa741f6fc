import type { Verdict } from "@touchstone/contracts";
import { largestWealth, lowerBound, stakeFractions } from "./betting.ts";

/** What people have said of one prompt's pair so far. */
export interface JudgedPrompt {
  /** How many judgements the prompt is to get, fixed when the evaluation was made. */
  readonly wanted: number;
  /** The candidate's score in each effective judgement: win 1, tie ½, loss 0. Fewer than wanted while people work. */
  readonly scores: readonly number[];
  /**
   * Somebody may still be asked about it, or change what they said. It is counted as judged so far, but stays out of the
   * figures: one that moves after an answer would tell whoever gave it which policy they had chosen.
   */
  readonly open?: boolean;
}

export interface WinRate {
  /** Mean over closed prompts of the mean over their judgements, with the 95 % interval; null before the first of them. */
  readonly estimate: { readonly value: number; readonly low: number; readonly high: number } | null;
  readonly verdict: Verdict;
  readonly method: string;
  /** Prompts that have all their judgements. */
  readonly judged: number;
  readonly total: number;
  readonly judgements: number;
  readonly ties: number;
}

export interface WinRateOptions {
  /** Half-width of the band around ½ that counts as no meaningful difference. */
  readonly margin: number;
  /** Chance that the interval ever, at any look, misses the rate. */
  readonly error?: number;
  /**
   * Prompts to which both gave the same answer: ties known beforehand. They are no evidence and stay out of the
   * sequence; the rate and its ends are drawn towards ½ by their share afterwards, which is exact.
   */
  readonly identical?: number;
}

/** The method's name, as shown beside every interval. */
export const winRateMethod =
  "Betting confidence sequence over prompt means (Waudby-Smith and Ramdas 2024), mixture of stakes, ties one half; valid at every look";

/**
 * The candidate's blind win rate, its anytime-valid interval, and the verdict. docs/decisions/win-rate.md tells why it
 * may be looked at after every judgement. In short:
 *
 * - The unit is the prompt: judgements of one pair depend on each other, their mean enters once.
 * - Prompts enter in the order fixed when the evaluation was made (pass them in the tasks' order), never in order of
 *   completion, which may depend on the answers; how many there are was fixed then, too.
 * - A prompt that is open or lacks judgements enters with those missing counted against the bound that is sought: as losses for
 *   the lower one, as wins for the upper one. The full data could only have said the same, or more.
 * - Positions are randomised for each judgement, so of two equal policies each prompt's expected mean is ½ given all
 *   that came before and given who judges, with whatever habits: annotators may be biased, careless and few.
 *
 * @param prompts all prompts of the evaluation, judged or not, in the tasks' fixed order.
 */
export function blindWinRate(prompts: readonly JudgedPrompt[], options: WinRateOptions): WinRate {
  const { margin, error = 0.05, identical = 0 } = options;
  const all = prompts.flatMap(({ scores }) => scores);
  const counts = {
    method: winRateMethod,
    judged: identical + prompts.filter(({ scores, wanted }) => scores.length >= wanted && scores.length > 0).length,
    total: identical + prompts.length,
    judgements: all.length,
    ties: all.filter((score) => score === 0.5).length,
  };
  const told = withoutOpen(prompts);
  const started = told.filter(({ scores }) => scores.length > 0);
  if (started.length === 0) return { estimate: null, verdict: "not yet known", ...counts };
  const share = prompts.length / counts.total;
  const drawn = (rate: number) => 0.5 + share * (rate - 0.5);
  const value = started.reduce((sum, { scores }) => sum + total(scores) / scores.length, 0) / started.length;
  const { wins, losses } = worstCases(told);
  const fractions = stakeFractions(prompts.length, error / 2);
  const estimate = {
    value: drawn(value),
    low: drawn(Math.min(value, lowerBound(wins, error / 2, fractions))),
    high: drawn(Math.max(value, 1 - lowerBound(losses, error / 2, fractions))),
  };
  return { estimate, verdict: winRateVerdict(told, { margin: Math.min(0.5, margin / share), error }), ...counts };
}

/** The verdict alone, without the search for the interval's ends: cheap enough for every judgement. */
export function winRateVerdict(all: readonly JudgedPrompt[], { margin, error = 0.05 }: WinRateOptions): Verdict {
  const prompts = withoutOpen(all);
  const started = prompts.filter(({ scores }) => scores.length > 0);
  if (started.length === 0) return "not yet known";
  const value = started.reduce((sum, { scores }) => sum + total(scores) / scores.length, 0) / started.length;
  const { wins, losses } = worstCases(prompts);
  const fractions = stakeFractions(prompts.length, error / 2);
  const refuted = (values: readonly number[], m: number) => largestWealth(values, m, fractions) >= 2 / error;
  if (value > 0.5 && refuted(wins, 0.5)) return "better";
  if (value < 0.5 && refuted(losses, 0.5)) return "worse";
  // Inside the band: both "½ − margin or less" and "½ + margin or more" are refuted.
  const inside = Math.abs(value - 0.5) < margin;
  return inside && refuted(wins, 0.5 - margin) && refuted(losses, 0.5 - margin)
    ? "no meaningful difference"
    : "not yet known";
}

/** The prompts with what may be told of them: an open one is as good as not judged, which the bounds allow for. */
function withoutOpen(prompts: readonly JudgedPrompt[]): JudgedPrompt[] {
  return prompts.map(({ wanted, scores, open = false }) => ({ wanted, scores: open ? [] : scores }));
}

/** Prompt means of the candidate (`wins`) and of the baseline (`losses`), missing judgements counted against each. */
function worstCases(prompts: readonly JudgedPrompt[]): { wins: number[]; losses: number[] } {
  const wins: number[] = [];
  const losses: number[] = [];
  for (const { wanted, scores } of prompts) {
    const slots = Math.max(wanted, scores.length, 1);
    const sum = total(scores);
    wins.push(sum / slots);
    losses.push((scores.length - sum) / slots);
  }
  return { wins, losses };
}

function total(scores: readonly number[]): number {
  return scores.reduce((sum, score) => sum + score, 0);
}
