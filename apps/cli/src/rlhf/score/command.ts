import { Command, Option } from "commander";

export function scoreCommand(): Command {
  return new Command("score")
    .description(
      "score both answers of each row {id, prompt, a, b}, and write each with the rewards as a and b and the texts as answers",
    )
    .requiredOption("--model <path>", "reward model: its folder, or the run directory that made it")
    .option(
      "--features <path>",
      "the model that a head on frozen features rests on, where it no longer lies where it was",
    )
    .requiredOption("--in <file>", "JSON Lines, a JSON array, CSV or TSV, plain or gzipped")
    .requiredOption("--out <file>", "JSON Lines, in the same order")
    .option(
      "--uncertainty",
      "of an ensemble: also write how much its members differ on each pair, as the variance of a − b",
    )
    .option("--aspects", "of a model with a head an aspect: also write the reward of either answer by aspect")
    .addOption(
      new Option("--combine <how>", "how an ensemble's members become one score, if not as its model says").choices([
        "mean",
        "worst",
        "penalised",
      ]),
    )
    .option("--penalty <n>", "λ of the penalised score, mean − λ · variance", "0.5")
    .action(async (options) => {
      const { score } = await import("./score.ts");
      await score(options);
    });
}
