import type { LoopResult } from "./loop-result.ts";

const number = (value: number | null) => (value === null ? "–" : value.toFixed(3));

/** The result for a person: a row a round, then the blind verdict. */
export function table({ rounds, winRate, interval, verdict }: LoopResult): string {
  const header = ["round", "utility", "reward accuracy", "KL (nats)"];
  const rows = rounds.map((row) => [
    String(row.round),
    number(row.utility),
    number(row.rewardAccuracy),
    number(row.kl),
  ]);
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: string[]) => cells.map((cell, column) => cell.padStart(widths[column] ?? 0)).join("   ");
  const range = interval ? ` [${interval.map((end) => end.toFixed(3)).join(", ")}]` : "";
  return [
    line(header),
    ...rows.map(line),
    "",
    `last against first, blind: win rate ${number(winRate)}${range}, ${verdict}`,
  ].join("\n");
}
