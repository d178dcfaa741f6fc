import { PreparationSpec } from "@touchstone/contracts";
import { Command } from "commander";
import { flagsOf, optionOf } from "../training/spec-flags.ts";

/** `rlhf prepare`: every setting of the preparation is a flag, but the lists of values, which a spec file holds. */
export function prepareCommand(): Command {
  const flags = flagsOf(PreparationSpec);
  const command = new Command("prepare")
    .description("clean, scrub, filter, deduplicate and split data sets for good, with a report of every step")
    .option(
      "--in <file...>",
      "JSON Lines, a JSON array, CSV or TSV, plain or gzipped, of any format that a trainer reads",
    )
    .option("--out <folder>", "folder to write: train, validation and test.jsonl, splits.json and the report")
    .option("--previous <folder...>", "folders of earlier versions: what they placed stays in its split")
    .option("--tokenizer <path>", "model whose tokenizer counts: its folder, or the run directory that made it")
    .option("--spec <file>", "JSON file with the settings below; flags go before it")
    .option("--json", "print the report as one JSON object on stdout");
  for (const flag of flags) command.addOption(optionOf(flag));
  return command.action(async (options) => {
    const { prepare } = await import("./prepare.ts");
    await prepare(flags, options);
  });
}
