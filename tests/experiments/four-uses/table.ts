import type { ClusteredMean } from "@touchstone/rlhf";
import type { figuresOf } from "./figures.ts";
import { uses } from "./figures.ts";
import { metricOf } from "./measure.ts";

/** As Markdown, for the terminal and for docs/results.md. */
export function tableOf(figures: ReturnType<typeof figuresOf>): string {
  const line = (name: string, { before, after, gain, prompts }: (typeof figures)["all"]) =>
    `| ${name} | ${prompts} | ${inWords(before)} | ${inWords(after)} | ${inWords(gain)} |`;
  return [
    "| use, metric | prompts | before | after | gain |",
    "|---|---|---|---|---|",
    ...uses.map((use) => line(`${use}, ${metricOf[use]}`, figures[use])),
    line("all, utility", figures.all),
  ].join("\n");
}

const inWords = ({ mean, low, high }: ClusteredMean) => `${mean.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
