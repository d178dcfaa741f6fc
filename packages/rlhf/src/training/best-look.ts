import type { EarlyStopping, TrainingSpec } from "@touchstone/contracts";
import { z } from "zod";
import type { Metrics } from "./request.ts";

/** The best look at the held-out split so far. */
export const BestLook = z.strictObject({
  /** Name of the figure that decides. */
  metric: z.string(),
  step: z.number().int().min(0),
  value: z.number(),
  /** Looks since then that were no better. */
  missed: z.number().int().min(0),
});
export type BestLook = z.infer<typeof BestLook>;

/** What each trainer is for, measured on what it was not taught: the first of these that a look has. */
const ownFigures: Readonly<Record<TrainingSpec["trainer"], readonly string[]>> = {
  pretrain: ["heldout.loss"],
  sft: ["heldout.loss"],
  reward: ["heldout.accuracy", "heldout.mse"],
  // Answers that were judged alone (kto) have no pair to be right about.
  dpo: ["heldout.accuracy", "heldout.separation"],
  ilql: ["heldout.reward", "heldout.loss"],
  rloo: ["heldout.reward"],
  grpo: ["heldout.reward"],
  ppo: ["heldout.reward"],
};

/** Losses, errors and distances; every other figure of a look is better when it is higher. */
const lowerIsBetter = /(loss|mse|mae|ece|brier|kl)$/i;

/** The figure that early stopping goes by, or nothing where a look does not have it. `heldout.` may be left out. */
export function decidingFigure(
  trainer: TrainingSpec["trainer"],
  { metric }: Pick<EarlyStopping, "metric">,
  figures: Metrics,
): string | undefined {
  const wanted = metric === undefined ? ownFigures[trainer] : [metric, `heldout.${metric}`];
  return wanted.find((name) => figures[name] !== undefined);
}

/** The best look after one more; it is the new one exactly if its step is. The first look is the best so far. */
export function afterLook(
  best: BestLook | undefined,
  step: number,
  metric: string,
  value: number,
  minimumGain: number,
): BestLook {
  if (!best) return { metric, step, value, missed: 0 };
  const gain = lowerIsBetter.test(metric) ? best.value - value : value - best.value;
  return gain > minimumGain ? { metric, step, value, missed: 0 } : { ...best, missed: best.missed + 1 };
}
