import { Command } from "commander";

export function scoreCommand(): Command {
  return new Command("score")
    .description("score both answers of each row {id, prompt, a, b}, and write {id, a, b} with their rewards")
    .requiredOption("--model <path>", "reward model: its folder, or the run directory that made it")
    .requiredOption("--in <file>", "JSON Lines, plain or gzipped")
    .requiredOption("--out <file>", "JSON Lines, in the same order")
    .action(async (options) => {
      const { score } = await import("./score.ts");
      await score(options);
    });
}
