import { Command } from "commander";
import { cardCommand } from "./card/command.ts";
import { curvesCommand } from "./curves/command.ts";
import { generateCommand } from "./generate/command.ts";
import { importCommand } from "./import/command.ts";
import { prepareCommand } from "./prepare/command.ts";
import { scoreCommand } from "./score/command.ts";
import { trainerCommand, trainers } from "./training/command.ts";

/** The learning core without the product around it: files in, a run directory out. */
export function rlhfCommand(): Command {
  const command = new Command("rlhf").description(
    "prepare data, train, score and sample on files, without the web pages",
  );
  for (const trainer of trainers) command.addCommand(trainerCommand(trainer));
  return command
    .addCommand(importCommand())
    .addCommand(prepareCommand())
    .addCommand(scoreCommand())
    .addCommand(cardCommand())
    .addCommand(generateCommand())
    .addCommand(curvesCommand());
}
