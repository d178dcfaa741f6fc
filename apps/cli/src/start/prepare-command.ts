import { Command } from "commander";

export function prepareCommand(): Command {
  return new Command("prepare")
    .description(
      "migrate and seed the database at DATABASE_URL, then end; for deployments that run api and worker themselves",
    )
    .action(async () => {
      const { prepare } = await import("./prepare.ts");
      await prepare();
    });
}
