import { Command, InvalidArgumentError } from "commander";

const number = (value: string) => {
  const parsed = Number(value);
  if (value.trim() === "" || !Number.isFinite(parsed)) throw new InvalidArgumentError("It must be a number.");
  return parsed;
};

export function generateCommand(): Command {
  return new Command("generate")
    .description("sample answers from a policy")
    .requiredOption("--model <path>", "policy: its folder, or the run directory that made it")
    .option("--prompt <text>", "one prompt; the answers are printed")
    .option("--in <file>", "JSON Lines, a JSON array, CSV or TSV with prompt or messages, plain or gzipped")
    .option("--out <file>", "JSON Lines {id, prompt, completion, finish_reason, log_prob} to write")
    .option("--samples <n>", "answers a prompt", number, 1)
    .option("--best-of <n>", "keep only the answer with the highest reward of this many (needs --reward)", number)
    .option("--reward <path>", "reward model that chooses the best, and whose score is written")
    .option("--temperature <n>", "0 takes the likeliest token (default: 0.8)", number)
    .option("--top-k <n>", "draw from the k likeliest tokens only; 0 from all (default: 0)", number)
    .option("--top-p <n>", "draw from the likeliest tokens that make up this share; 1 from all (default: 1)", number)
    .option("--max-new-tokens <n>", "longest answer in tokens (default: 48)", number)
    .option("--stop <text...>", "texts that end an answer as soon as it says one; may be several")
    .option("--advantage-weight <n>", "ILQL policies: β in softmax(log π + β(Q̄ − V))", number)
    .option("--seed <n>", "decides what is drawn", number, 1)
    .action(async (options) => {
      const { generate } = await import("./generate.ts");
      await generate(options);
    });
}
