import { Command, InvalidArgumentError, Option } from "commander";

function wholeNumber(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0) throw new InvalidArgumentError("It must be a whole number.");
  return number;
}

export function loopCommand(): Command {
  return new Command("loop")
    .description("go round the whole loop on the practice model, without a page, and print what it brought")
    .addOption(new Option("--preset <name>", "recipe").choices(["article", "preference"]).default("preference"))
    .option("--rounds <n>", "turns of the loop", wholeNumber, 2)
    .option("--seed <n>", "decides everything that is random", wholeNumber, 1)
    .option("--prompts <n>", "training prompts answered and judged in a round", wholeNumber, 320)
    .option("--evaluation-prompts <n>", "prompts of each blind evaluation", wholeNumber, 200)
    .requiredOption("--simulated", "let simulated annotators judge (there are no others without a page)")
    .option("--json", "print one JSON object as the last line instead of a table")
    .action(async (options) => {
      const { loop } = await import("./loop.ts");
      await loop(options);
    });
}
