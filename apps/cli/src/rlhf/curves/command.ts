import { Command } from "commander";

export function curvesCommand(): Command {
  return new Command("curves")
    .description("draw loss, reward and KL of a run to curves.svg and curves.png in its directory")
    .argument("<run>", "run directory")
    .action(async (run: string) => {
      const { curves } = await import("./curves.ts");
      await curves(run);
    });
}
