import type { TrainingSpec } from "@touchstone/contracts";
import { Command, Option } from "commander";
import { isNumber, surroundings } from "./plan.ts";
import { optionOf, specFlags } from "./spec-flags.ts";

type TrainerName = TrainingSpec["trainer"];

const descriptions: Readonly<Record<TrainerName, string>> = {
  pretrain: "a language model from texts",
  sft: "a policy from answers to imitate",
  reward: "a reward model from comparisons or ratings",
  dpo: "a policy from comparisons, without a reward model (DPO, IPO, KTO)",
  ilql: "a policy from stored answers and their rewards (implicit language Q-learning)",
  ppo: "a policy from its own answers and a reward model, with a critic",
  rloo: "a policy from its own answers and a reward model, without a critic",
  grpo: "a policy from its own answers and a reward model, within groups",
};
export const trainers = Object.keys(descriptions).filter(isTrainerName);

function isTrainerName(name: string): name is TrainerName {
  return Object.hasOwn(descriptions, name);
}

/** `rlhf TRAINER`: every setting of the trainer is a flag. */
export function trainerCommand(trainer: TrainerName): Command {
  const flags = specFlags(trainer);
  const command = new Command(trainer)
    .description(`train ${descriptions[trainer]}`)
    .option("--spec <file>", "JSON file with the settings below; flags go before it")
    .option("--json", "print one JSON object on stdout");
  for (const { name, description } of surroundings) {
    const many = name === "train" || name === "validation";
    command.addOption(new Option(`--${name} <${isNumber(name) ? "n" : "path"}${many ? "..." : ""}>`, description));
  }
  for (const flag of flags) command.addOption(optionOf(flag));
  return command.action(async (options) => {
    const { runTraining } = await import("./run-training.ts");
    await runTraining(trainer, flags, options);
  });
}
