import { Command, CommanderError } from "commander";
import { backupCommand, restoreCommand } from "./backup/command.ts";
import { devCommand } from "./dev/command.ts";
import { importCommand } from "./import/command.ts";
import { loopCommand } from "./loop/command.ts";
import { operatorCommand } from "./operator/command.ts";
import { realModelCommand } from "./real-model/command.ts";
import { rlhfCommand } from "./rlhf/command.ts";
import { hearSignals, Stopped } from "./signals.ts";
import { startCommand } from "./start/command.ts";
import { prepareCommand } from "./start/prepare-command.ts";

hearSignals();
const program = new Command("touchstone")
  .description("Crowdsourced human feedback for language models: people's judgements in, better models out.")
  .exitOverride();

program.addCommand(startCommand());
program.addCommand(devCommand());
program.addCommand(prepareCommand());
program.addCommand(loopCommand());
program.addCommand(rlhfCommand());
program.addCommand(importCommand());
program.addCommand(realModelCommand());
program.addCommand(operatorCommand());
program.addCommand(backupCommand());
program.addCommand(restoreCommand());

try {
  await program.parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has told its own errors, and help is none.
    process.exitCode = error.exitCode;
  } else if (error instanceof Stopped) {
    // All is undone; what still waits for servers that have been stopped is waited for no longer.
    process.exit(error.exitCode);
  } else {
    process.stderr.write(`\n${told(error)}\n`);
    process.exitCode = 1;
  }
}

/** Errors that are written for people say all in their message; any other is a fault of ours, and its stack helps find it. */
function told(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const forPeople = ["StackError", "UsageError", "TrainingError", "EngineError"].includes(error.name);
  if ("code" in error && error.code === "ENOSPC")
    return `The disk is full: make room, then try again (${error.message}).`;
  return forPeople ? error.message : (error.stack ?? error.message);
}
