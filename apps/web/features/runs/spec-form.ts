import { GenerateSpec, TrainingSpec } from "@touchstone/contracts";

export const launchKinds = ["reward", "rloo", "ilql", "dpo", "generate", "sft", "pretrain"] as const;
export type LaunchKind = (typeof launchKinds)[number];

/** Which models a kind of run starts from. */
export function needs(kind: LaunchKind): { policy: boolean; reward: boolean } {
  return { policy: kind !== "pretrain", reward: kind === "rloo" || kind === "ilql" };
}

/** Every setting with its default, as JSON that a person can edit. */
export function defaultSpec(kind: LaunchKind): string {
  const { trainer: _trainer, ...spec } =
    kind === "generate" ? GenerateSpec.parse({ trainer: kind }) : TrainingSpec.parse({ trainer: kind });
  return JSON.stringify(spec, null, 2);
}

/** What cannot be read is handed on as it is: the schema then says that it is not a list of settings. */
export function readSpec(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
