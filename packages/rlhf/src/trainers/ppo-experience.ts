import { whitened } from "../objectives/advantages.ts";
import { generalisedAdvantages } from "../objectives/ppo.ts";
import type { JudgedAnswer } from "../rollout/judged-rollout.ts";

/** A drawn answer with what PPO learns from it, one number a token. */
export interface Experience {
  readonly judged: JudgedAnswer;
  /** The critic's values when it was drawn. */
  readonly values: readonly number[];
  /** Whitened over the whole batch. */
  readonly advantages: readonly number[];
  readonly returns: readonly number[];
}

interface Settings {
  readonly gamma: number;
  readonly lambda: number;
  readonly beta: number;
  scoreOf(answer: JudgedAnswer): number;
}

/** Each token pays for its KL, −β(log π − log ref), and the last one gets the score (Ziegler et al. 2019, eq. 2). */
export function tokenRewards(judged: JudgedAnswer, { beta, scoreOf }: Pick<Settings, "beta" | "scoreOf">): number[] {
  const { answer, referenceLogProbs } = judged;
  const last = answer.logProbs.length - 1;
  return answer.logProbs.map(
    (logProb, t) => (t === last ? scoreOf(judged) : 0) - beta * (logProb - (referenceLogProbs[t] ?? 0)),
  );
}

/** @param values the critic's, by answer and token */
export function experiencesOf(
  answers: readonly JudgedAnswer[],
  values: readonly (readonly number[])[],
  settings: Settings,
): Experience[] {
  const { gamma, lambda } = settings;
  const raw = answers.map((judged, index) => {
    const own = values[index] ?? [];
    return { judged, values: own, ...generalisedAdvantages(tokenRewards(judged, settings), own, gamma, lambda) };
  });
  const all = whitened(raw.flatMap(({ advantages }) => advantages));
  let taken = 0;
  return raw.map((one) => {
    const advantages = all.slice(taken, taken + one.advantages.length);
    taken += one.advantages.length;
    return { ...one, advantages };
  });
}
