import { StackError } from "@touchstone/stack";
import { Command, CommanderError } from "commander";
import { devCommand } from "./dev/command.ts";
import { loopCommand } from "./loop/command.ts";
import { startCommand } from "./start/command.ts";
import { prepareCommand } from "./start/prepare-command.ts";

const program = new Command("touchstone")
  .description("Crowdsourced human feedback for language models: people's judgements in, better models out.")
  .exitOverride();

program.addCommand(startCommand());
program.addCommand(devCommand());
program.addCommand(prepareCommand());
program.addCommand(loopCommand());

try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has told its own errors, and help is none.
    process.exitCode = error.exitCode;
  } else {
    const told = error instanceof StackError ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`\n${told}\n`);
    process.exitCode = 1;
  }
}
