import { scorers, shown, titles } from "../cross-validation/compared.ts";
import type { Experiment } from "../experiment.ts";
import { acrossTopics } from "./experiment.ts";
import { readStrictPairs } from "./rows.ts";

export const strictArgumentsExperiment: Experiment = {
  needsReferenceData: true,
  async run(say) {
    const result = await acrossTopics(await readStrictPairs(), say);
    return { result, table: tableOf(result) };
  },
};

function tableOf({ all, untried, control }: Awaited<ReturnType<typeof acrossTopics>>): string {
  const columns = [all, untried];
  const rows = [
    ...scorers.map((scorer) => [titles[scorer], ...columns.map(({ accuracy }) => shown(accuracy[scorer]))]),
    ["lead over longer wins", ...columns.map(({ lead }) => shown(lead.longer))],
    ["lead over bag of bigrams", ...columns.map(({ lead }) => shown(lead.bigram))],
    [`permuted labels, ${control.models} models`, shown(control.bySide), ""],
    ["the same, clustered by model", shown(control.byModel), ""],
  ];
  const counts = columns.map(({ judged, clusters }) => `${judged.toLocaleString("en")}; ${clusters} sides`);
  const head = `| | all topics (${counts[0]}) | topics of no try (${counts[1]}) |`;
  return [head, "|---|---|---|", ...rows.map((cells) => `| ${cells.join(" | ")} |`)].join("\n");
}
