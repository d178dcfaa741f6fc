import { Command } from "commander";

export function startCommand(): Command {
  return new Command("start")
    .description("bring up everything on this machine behind one port, and keep it up")
    .action(async () => {
      const { start } = await import("./start.ts");
      await start("production");
    });
}
