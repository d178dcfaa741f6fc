import { type Figures, type Scorer, type Share, scorers } from "./figures.ts";

const titles: Record<Scorer, string> = {
  model: "reward model",
  longer: "longer wins",
  bigram: "bag of bigrams",
  untrained: "reward model, untrained",
};

/** As Markdown, for the terminal and for docs/results.md. */
export function tableOf(of: Readonly<Record<"votes" | "gold" | "strict", Figures>>, control: typeof of): string {
  const columns = [of.votes, of.gold, of.strict] as const;
  const head = `| | ${["single votes", "gold", "gold, strict"].map((name, i) => `${name} (${columns[i]?.judged.toLocaleString("en")})`).join(" | ")} |`;
  const rows = [
    ...scorers.map((scorer) => [titles[scorer], ...columns.map(({ accuracy }) => shown(accuracy[scorer]))]),
    [
      "reward model, permuted labels",
      ...[control.votes, control.gold, control.strict].map(({ accuracy }) => shown(accuracy.model)),
    ],
    ["lead over longer wins", ...columns.map(({ lead }) => shown(lead.longer))],
    ["lead over bag of bigrams", ...columns.map(({ lead }) => shown(lead.bigram))],
  ];
  return [head, "|---|---|---|---|", ...rows.map((cells) => `| ${cells.join(" | ")} |`)].join("\n");
}

function shown({ value, low, high }: Share): string {
  const digits = (number: number) => number.toFixed(3).replace("0.", ".");
  return `${digits(value)} [${digits(low)}, ${digits(high)}]`;
}
