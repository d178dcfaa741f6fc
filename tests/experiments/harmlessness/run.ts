import { scorers, shown, titles } from "../cross-validation/compared.ts";
import type { Experiment } from "../experiment.ts";
import { harmlessness } from "./experiment.ts";
import { readHarmlessness } from "./rows.ts";

export const harmlessnessExperiment: Experiment = {
  needsReferenceData: true,
  async run(say) {
    const result = await harmlessness(await readHarmlessness(), say);
    return { result, table: tableOf(result) };
  },
};

function tableOf({ all }: Awaited<ReturnType<typeof harmlessness>>): string {
  const rows = [
    ...scorers.map((scorer) => [titles[scorer], shown(all.accuracy[scorer])]),
    ["lead over longer wins", shown(all.lead.longer)],
    ["lead over bag of bigrams", shown(all.lead.bigram)],
  ];
  const head = `| | accuracy (${all.judged.toLocaleString("en")} pairs; ${all.clusters.toLocaleString("en")} clusters) |`;
  return [head, "|---|---|", ...rows.map((cells) => `| ${cells.join(" | ")} |`)].join("\n");
}
