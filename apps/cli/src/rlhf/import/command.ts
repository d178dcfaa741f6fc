import { Command, InvalidArgumentError } from "commander";

const tokens = (value: string) => {
  const parsed = Number(value);
  if (!Number.isInteger(parsed) || parsed < 8) throw new InvalidArgumentError("It must be a whole number from 8 on.");
  return parsed;
};

export function importCommand(): Command {
  return new Command("import")
    .description(
      "bring in a model of others: a folder of Hugging Face's libraries, a GGUF file, a PEFT adapter, or a checkpoint of llama2.c",
    )
    .argument(
      "<source>",
      "folder with config.json, model.safetensors (or its shards) and tokenizer.json; a .gguf file; a folder with adapter_config.json and adapter_model.safetensors; or a checkpoint of llama2.c",
    )
    .requiredOption("--out <folder>", "model's folder to write; the trainers take it as --policy")
    .option("--base <model>", "of an adapter: the folder or .gguf file of the model that it was trained on")
    .option("--tokenizer <file>", "llama2.c's tokenizer.bin, which its checkpoints need")
    .option("--context <n>", "tokens to read at most, where the model could read more (default: up to 4096)", tokens)
    .option("--json", "print one JSON object on stdout")
    .action(async (source, options) => {
      const { importModel } = await import("./import-model.ts");
      await importModel(source, options);
    });
}
