import { Command, CommanderError } from "commander";
import { devCommand } from "./dev/command.ts";
import { loopCommand } from "./loop/command.ts";
import { rlhfCommand } from "./rlhf/command.ts";
import { startCommand } from "./start/command.ts";
import { prepareCommand } from "./start/prepare-command.ts";

const program = new Command("touchstone")
  .description("Crowdsourced human feedback for language models: people's judgements in, better models out.")
  .exitOverride();

program.addCommand(startCommand());
program.addCommand(devCommand());
program.addCommand(prepareCommand());
program.addCommand(loopCommand());
program.addCommand(rlhfCommand());

try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has told its own errors, and help is none.
    process.exitCode = error.exitCode;
  } else {
    const isPlain =
      error instanceof Error && ["StackError", "UsageError", "TrainingError", "EngineError"].includes(error.name);
    const told = error instanceof Error ? (isPlain ? error.message : error.stack) : String(error);
    process.stderr.write(`\n${told}\n`);
    process.exitCode = 1;
  }
}
