import {
  type EndpointSampling,
  FrozenFeatures,
  GenerateSpec,
  RewardSpec,
  type RunDraft,
  TrainingSpec,
} from "@touchstone/contracts";
import { isTree } from "./run-siblings.ts";

export const launchKinds = ["reward", "rloo", "ppo", "grpo", "ilql", "dpo", "generate", "sft", "pretrain"] as const;
export type LaunchKind = (typeof launchKinds)[number];

/** What learns from a reward model's scores. */
const scored: ReadonlySet<LaunchKind> = new Set(["rloo", "ppo", "grpo", "ilql"]);

/** Which models a kind of run starts from. */
export function needs(kind: LaunchKind): { policy: boolean; reward: boolean } {
  return { policy: kind !== "pretrain", reward: scored.has(kind) };
}

/** The models that a draft names: of those that are chosen, the ones that this kind of run starts from. */
export function modelsNamed(
  kind: LaunchKind,
  chosen: { readonly policy: string | undefined; readonly reward: string | undefined },
): Pick<RunDraft, "policy" | "reward"> {
  const { policy, reward } = needs(kind);
  return {
    ...(policy && chosen.policy ? { policy: { modelVersionId: chosen.policy } } : {}),
    ...(reward && chosen.reward ? { reward: { modelVersionId: chosen.reward } } : {}),
  };
}

/** Kinds that read what people judged; the others read prompts alone, or nothing. */
const judged: ReadonlySet<LaunchKind> = new Set(["reward", "ilql", "dpo", "sft", "pretrain"]);

/** Whether it makes a difference to a run of this kind which judgements are taken. */
export function learnsFromJudgements(kind: LaunchKind): boolean {
  return judged.has(kind);
}

/** Every setting with its default, as JSON that a person can edit. */
export function defaultSpec(kind: LaunchKind): string {
  const { trainer: _trainer, ...spec } =
    kind === "generate"
      ? GenerateSpec.parse({ trainer: kind, selfNamed: "hold" })
      : TrainingSpec.parse({ trainer: kind });
  return JSON.stringify(spec, null, 2);
}

/** The same for answers of a model behind an endpoint, which draws them as its own settings say. */
export function endpointSpec(sampling: EndpointSampling): string {
  const { trainer: _trainer, ...spec } = GenerateSpec.parse({ trainer: "generate", sampling, selfNamed: "hold" });
  return JSON.stringify(spec, null, 2);
}

/** How a reward model is made: a network that is trained, or a head on what the policy makes of answers as it is. */
export const rewardRecipes = ["network", "frozen"] as const;
export type RewardRecipe = (typeof rewardRecipes)[number];

/** The settings of a recipe with their defaults: of the second only those that it reads. */
export function recipeSpec(recipe: RewardRecipe): string {
  if (recipe === "network") return defaultSpec("reward");
  const { minimumLabels } = RewardSpec.parse({ trainer: "reward" });
  return JSON.stringify({ frozen: FrozenFeatures.parse({}), minimumLabels }, null, 2);
}

/** Which recipe these settings are of. */
export function recipeOf(settings: unknown): RewardRecipe {
  return isTree(settings) && isTree(settings.frozen) ? "frozen" : "network";
}

/** What cannot be read is handed on as it is: the schema then says that it is not a list of settings. */
export function readSpec(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
