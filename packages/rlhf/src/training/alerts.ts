import type { RunFactCode, SentenceValues } from "@touchstone/contracts";
import { z } from "zod";
import { meanOf } from "../arithmetic.ts";
import type { Note } from "./note.ts";
import type { Metrics } from "./request.ts";

/** Steps that the latest mean is taken over: one step of a few answers is too noisy to warn of. */
const window = 10;

/** Steps at the beginning that later ones are held against: few, since a policy may change within a dozen. */
const beginning = 3;

/**
 * KL to the reference that no run needs, in nats an answer. Published runs aim at about 6 (Ziegler et al. 2019) and end below
 * 10 for answers of a few dozen tokens; long answers may have half a nat a token, at which the reference already gives each
 * token but 60 % of the policy's probability.
 */
const explodedKl = { answer: 10, token: 0.5 };

/** Latest steps that must all agree where a run may be too short for a mean over many. */
const latest = 3;

/** Share of the first steps' entropy below which the policy says nearly the same every time. */
const collapsedEntropy = 0.1;

/** A rise that is worth explaining, in normalised reward: half a deviation of the reward model's reference set. */
const risenReward = 0.5;

/** Share of the rise that longer answers explain, from which on there is little else in it. */
const explainedByLength = 0.8;

/** Nats that the preferred answers have lost against the reference: they are e times less likely than before. */
const fallenChosen = -1;

/** What the alerts remember of a run, so that a resumed one warns of the same, once. */
export const AlertState = z.strictObject({
  steps: z.number().int().min(0),
  said: z.array(z.string()),
  /** Means of the first steps, and of the latest (fading), by figure. */
  first: z.record(z.string(), z.number()),
  recent: z.record(z.string(), z.number()),
  /** Σ of length · reward and of length² over the answers so far, both counted from their prompt's mean in their step. */
  byLength: z.strictObject({ products: z.number(), squares: z.number() }),
  /** Entropy of the latest steps, newest last; checkpoints from before it was kept have none. */
  entropies: z.array(z.number()).default([]),
});
export type AlertState = z.infer<typeof AlertState>;

const watched = ["reward", "length", "chosenLogRatio"];

interface Alert {
  readonly code: RunFactCode;
  readonly message: string;
  readonly values: SentenceValues;
}

/** Reads along what a run reports and says in plain words when it goes wrong in a known way, each once a run. */
export interface Alerts {
  readonly state: AlertState;
  step(step: number, figures: Metrics): void;
  /** Figures on what is held out. */
  heldOut(step: number, figures: Metrics): void;
  restore(saved: AlertState): void;
}

export function openAlerts(note: Note): Alerts {
  const byLength = { products: 0, squares: 0 };
  let state: AlertState = { steps: 0, said: [], first: {}, recent: {}, byLength, entropies: [] };
  const say = (step: number, alerts: readonly (Alert | undefined)[]) => {
    for (const alert of alerts) {
      if (!alert || state.said.includes(alert.code)) continue;
      state = { ...state, said: [...state.said, alert.code] };
      const { code, message, values } = alert;
      note(`At step ${step}: ${message}`, { code, level: "warning", values });
    }
  };
  return {
    get state() {
      return state;
    },
    step(step, figures) {
      state = remembering(state, figures);
      say(step, [
        explodingKl(figures.kl, figures.length),
        collapsingEntropy(state),
        ...(state.steps < 2 * window ? [] : ofRun(state)),
      ]);
    },
    heldOut(step, figures) {
      const { "heldout.kl": kl, "heldout.length": length, "heldout.chosenLogRatio": chosen } = figures;
      say(step, [explodingKl(kl, length), fallingChosen(chosen)]);
    },
    restore(saved) {
      state = saved;
    },
  };
}

/** The state after one more step. */
function remembering(before: AlertState, figures: Metrics): AlertState {
  const { steps, said, first, recent, byLength, entropies } = before;
  const present = [...watched, ...(steps < beginning ? ["entropy"] : [])].flatMap((name) => {
    const value = figures[name];
    return value === undefined ? [] : [{ name, value }];
  });
  const moved = (means: AlertState["recent"], share: number) =>
    Object.fromEntries(
      present.map(({ name, value }) => [name, (means[name] ?? value) + share * (value - (means[name] ?? value))]),
    );
  const squares = (figures.lengthSpread ?? 0) ** 2;
  return {
    said,
    steps: steps + 1,
    first: steps < beginning ? moved(first, 1 / (steps + 1)) : first,
    recent: moved(recent, 1 / window),
    byLength: {
      products: byLength.products + squares * (figures.rewardPerToken ?? 0),
      squares: byLength.squares + squares,
    },
    entropies: figures.entropy === undefined ? entropies : [...entropies, figures.entropy].slice(-latest),
  };
}

/** What is only seen over many steps. */
function ofRun(state: AlertState): (Alert | undefined)[] {
  return [rewardByLength(state), fallingChosen(state.recent.chosenLogRatio)];
}

function explodingKl(kl: number | undefined, length: number | undefined): Alert | undefined {
  if (kl === undefined || kl <= Math.max(explodedKl.answer, explodedKl.token * (length ?? 0))) return undefined;
  const message =
    `KL to the reference has reached ${kl.toFixed(1)} nats an answer: the policy has left what the reference would write. ` +
    "A larger β or a lower learning rate holds it back.";
  return { code: "exploding_kl", message, values: { kl: rounded(kl, 1) } };
}

/**
 * A policy may collapse within a dozen steps, and a quick run has no more: the latest steps decide, all of them, so that one
 * step of few answers does not. None of them is of the beginning.
 */
function collapsingEntropy({ steps, first, entropies }: AlertState): Alert | undefined {
  const from = first.entropy;
  if (from === undefined || steps < beginning + latest || entropies.length < latest) return undefined;
  if (Math.max(...entropies) >= collapsedEntropy * from) return undefined;
  const to = meanOf(entropies);
  const message =
    `the policy hardly varies its answers any more: its entropy fell from ${from.toFixed(2)} to ${to.toFixed(2)} nats a token. ` +
    "A larger β or a lower learning rate keeps it varied.";
  return { code: "collapsed_entropy", message, values: { from: rounded(from, 2), to: rounded(to, 2) } };
}

/**
 * Longer answers explain what they would have gained at the rate at which, all along, longer answers to a prompt were rewarded
 * above shorter ones of the same step.
 */
function rewardByLength({ first, recent, byLength }: AlertState): Alert | undefined {
  const risen = (name: string) => (recent[name] ?? 0) - (first[name] ?? 0);
  const perToken = byLength.squares === 0 ? 0 : byLength.products / byLength.squares;
  const share = (perToken * risen("length")) / risen("reward");
  if (risen("reward") < risenReward || risen("length") <= 0 || share < explainedByLength) return undefined;
  const [from, to] = [first.length ?? 0, recent.length ?? 0];
  const percent = Math.min(100, Math.round(100 * share));
  const message =
    `the reward rises because answers get longer: from ${from.toFixed(1)} to ${to.toFixed(1)} tokens, which explains ${percent} % ` +
    "of the rise. Look at the answers, and at whether the reward model prefers the longer one.";
  const values = { lengthFrom: rounded(from, 1), lengthTo: rounded(to, 1), share: percent };
  return { code: "reward_by_length", message, values };
}

/** DPO's quiet failure (Pal et al. 2024, "Smaug"): the margin grows while both answers become less likely. */
function fallingChosen(ratio: number | undefined): Alert | undefined {
  if (ratio === undefined || ratio >= fallenChosen) return undefined;
  const message =
    `the preferred answers themselves become less likely: ${ratio.toFixed(1)} nats each against the reference. ` +
    "Only their lead over the rejected ones grows. A larger β or fewer epochs usually cure it.";
  return { code: "falling_chosen", message, values: { ratio: rounded(ratio, 1) } };
}

function rounded(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
