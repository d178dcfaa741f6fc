import { scorers, shown, titles } from "../cross-validation/compared.ts";
import type { allFigures } from "./figures.ts";

type Measured = ReturnType<typeof allFigures>;
const columnsOf = ({ votes, gold, strict }: Measured) => [votes, gold, strict] as const;

/** As Markdown, for the terminal and for docs/results.md. */
export function tableOf(of: Measured, control?: Measured): string {
  const columns = columnsOf(of);
  const head = `| | ${["single votes", "gold", "gold, strict"].map((name, i) => `${name} (${columns[i]?.judged.toLocaleString("en")})`).join(" | ")} |`;
  const rows = [
    ...scorers.map((scorer) => [titles[scorer], ...columns.map(({ accuracy }) => shown(accuracy[scorer]))]),
    ...(control
      ? [["reward model, permuted labels", ...columnsOf(control).map(({ accuracy }) => shown(accuracy.model))]]
      : []),
    ["lead over longer wins", ...columns.map(({ lead }) => shown(lead.longer))],
    ["lead over bag of bigrams", ...columns.map(({ lead }) => shown(lead.bigram))],
  ];
  return [head, "|---|---|---|---|", ...rows.map((cells) => `| ${cells.join(" | ")} |`)].join("\n");
}
