import { ImportFormat } from "@touchstone/contracts";
import { Command, InvalidArgumentError, Option } from "commander";
import type { ImportOptions } from "./import-options.ts";

function pilotTasks(value: string): number {
  const tasks = Number(value);
  if (!Number.isInteger(tasks) || tasks < 1 || tasks > 10_000) {
    throw new InvalidArgumentError("It must be a whole number from 1 to 10,000.");
  }
  return tasks;
}

/** `import FILE`: a data set into a project of a running product, after its receipt was agreed to. */
export function importCommand(): Command {
  return new Command("import")
    .description(
      "bring a data set into a project of a running product, once what becomes of it was shown and agreed to",
    )
    .argument("<file>", "JSON Lines, a JSON array, CSV or TSV, plain or gzipped")
    .requiredOption("--project <name>", "project to import into: its name or its id")
    .addOption(
      new Option("--url <address>", "address of the product (default: this machine at TOUCHSTONE_PORT, or 3000)").env(
        "TOUCHSTONE_URL",
      ),
    )
    .addOption(
      new Option("--token <token>", "API token of a researcher or admin, made on the page Account").env(
        "TOUCHSTONE_TOKEN",
      ),
    )
    .addOption(
      new Option("--as <kind>", "what the file is, where its content does not say").choices(ImportFormat.options),
    )
    .option("--column <role=name...>", "what a column is: prompt=question, or unused=name to leave one out")
    .option("--mapping <file>", "JSON that says which column is what, for what --column can't say")
    .option("--question <name>", "what people are asked: preference, rating, or a questionnaire of the project")
    .option("--leave-out", "import the other rows although some can't be taken")
    .option("--closed", "keep the new tasks closed until somebody opens them")
    .option("--pilot <n>", "open only this many of the new tasks", pilotTasks)
    .option("--yes", "agree to what the receipt says without being asked")
    .option("--receipt", "show the receipt and stop: nothing is imported")
    .option("--json", "print one JSON object on stdout")
    .addHelpText("after", exitCodes)
    .action(async (file: string, options: ImportOptions) => {
      const { importFile } = await import("./import-file.ts");
      process.exitCode = await importFile(file, options);
    });
}

const exitCodes = `
Exit codes: 0 imported (with --receipt: could be imported as asked), 1 could not be imported, 2 not agreed to. Only 0
without --receipt has written anything; whether 1 has is said where a connection that broke leaves it open.`;
