import type { FitNoun } from "../entities/label-fit.ts";

/**
 * What a kind of run learns from, and so has to fit a model's context; nothing for texts, which are cut into windows, and
 * for runs that learn nothing.
 *
 * @param objective the `kind` of a reward model's objective
 */
export function labelsReadBy(trainer: string, objective?: string): readonly FitNoun[] {
  switch (trainer) {
    case "reward":
      return labelsOfObjective(objective);
    case "dpo":
      return ["comparisons"];
    case "sft":
      return ["demonstrations"];
    case "ilql":
      return ["answers"];
    case "rloo":
    case "grpo":
    case "ppo":
      return ["prompts"];
    default:
      return [];
  }
}

function labelsOfObjective(objective: string | undefined): readonly FitNoun[] {
  if (objective === "combined") return ["comparisons", "ratings"];
  return objective === "squared-error" || objective === "per-aspect" ? ["ratings"] : ["comparisons"];
}
