import type { CardBestOf, CardControl, CardFigure, ReportCard } from "@touchstone/contracts";

type Figures = Pick<ReportCard, "pairs" | "accuracy" | "controls" | "bestOf">;

/** Whether the model is better than “the longer answer wins”: only where the whole interval of its lead says so. */
export function cardVerdict({ controls }: Pick<Figures, "controls">): ReportCard["verdict"] {
  const lead = controls.find(({ name }) => name === "longer")?.lead;
  if (!lead) return "none";
  if (lead.low !== null && lead.low > 0) return "better";
  return lead.high !== null && lead.high < 0 ? "worse" : "not-shown";
}

/** What a card comes to, in plain words and with its numbers, in English and Chinese. */
export function cardSentence(figures: Figures): ReportCard["sentence"] {
  const { pairs, accuracy, controls, bestOf } = figures;
  const named = (name: CardControl["name"]) => controls.find((one) => one.name === name);
  const longer = named("longer");
  if (!accuracy || !longer?.accuracy || !longer.lead) {
    return {
      en: "No label is held out, so nothing can be said of how good this model is.",
      zh: "没有留出任何标注，因此无法说明这个模型的好坏。",
    };
  }
  const verdict = cardVerdict(figures);
  const bigram = named("bigram");
  const isBigramBeaten = !bigram?.lead || (bigram.lead.low !== null && bigram.lead.low > 0);
  const count = pairs.toLocaleString("en");
  const [share, taken, lead] = [withInterval(accuracy, "%"), percent(longer.accuracy.value), longer.lead];
  const opened = {
    better: { en: "Better than “the longer answer wins”", zh: "优于“选较长回答”" },
    worse: { en: "Worse than “the longer answer wins”", zh: "不如“选较长回答”" },
    "not-shown": { en: "Not shown to be better than “the longer answer wins”", zh: "尚不能说优于“选较长回答”" },
    none: { en: "", zh: "" },
  }[verdict];
  const en = `${opened.en}: it agrees with people on ${share} of ${count} held-out pair${pairs === 1 ? "" : "s"}, the longer answer on ${taken}%, a lead of ${withInterval(lead, " points")}.`;
  const zh = `${opened.zh}：在留出的 ${count} 对回答上，与人的一致率为 ${share}，“选较长回答”为 ${taken}%，领先 ${withInterval(lead, " 个百分点")}。`;
  const more = [
    ...(isBigramBeaten || !bigram?.accuracy ? [] : [unbeaten(bigram.accuracy)]),
    ...(bestOf ? [picked(bestOf)] : []),
  ];
  return { en: [en, ...more.map((one) => one.en)].join(" "), zh: [zh, ...more.map((one) => one.zh)].join("") };
}

function unbeaten({ value }: CardFigure): ReportCard["sentence"] {
  const words = `${percent(value)}%`;
  return {
    en: `It is not shown to be better than counting word pairs (${words}).`,
    zh: `尚不能说优于二元词组计数（${words}）。`,
  };
}

/** Of stored answers: what it picks of fresh ones, nobody has judged. */
function picked({ picked, longest }: CardBestOf): ReportCard["sentence"] {
  const [won, by] = [withInterval(picked, "%"), `${percent(longest)}%`];
  return {
    en: `Of three or more stored answers it picks one that won ${won} of its comparisons (the longest: ${by}).`,
    zh: `在三个或更多已保存的回答中，它所选的在比较中胜出 ${won}（最长的为 ${by}）。`,
  };
}

/** 0.583 → 58.3; what rounds to zero has no sign. */
function percent(share: number): string {
  const rounded = Math.round(share * 1000) / 10;
  return (rounded === 0 ? 0 : rounded).toFixed(1).replace("-", "−");
}

function withInterval({ value, low, high }: CardFigure, unit: string): string {
  const interval = low === null || high === null ? "" : ` [${percent(low)}, ${percent(high)}]`;
  return `${percent(value)}${unit}${interval}`;
}
