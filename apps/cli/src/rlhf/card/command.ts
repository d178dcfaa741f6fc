import { Command } from "commander";

export function cardCommand(): Command {
  return new Command("card")
    .description(
      "evaluate a reward model again: its report card on labels that it did not learn from, as JSON, and in a sentence",
    )
    .requiredOption("--model <path>", "reward model: its folder, or the run directory that made it")
    .requiredOption(
      "--in <path...>",
      "held-out comparisons, rankings or ratings; rows that name the split train are no part of them",
    )
    .option("--train <path...>", "what it learned from: the count of words it is held against is fitted on this")
    .option("--policy <path>", "whose fresh answers to the held-out prompts it picks from; left out, the card has none")
    .option("--out <file>", "where the card goes, as JSON; left out, it is printed")
    .action(async (options) => {
      const { writeCard } = await import("./write-card.ts");
      await writeCard(options);
    });
}
