import { Command } from "commander";

export function devCommand(): Command {
  return new Command("dev")
    .description("like start, from source: the API, the worker and the pages reload as their files change")
    .action(async () => {
      const { start } = await import("../start/start.ts");
      await start("development");
    });
}
