import type { PracticeUse } from "@touchstone/practice";
import { type ClusteredMean, clusteredMean } from "@touchstone/rlhf";
import type { Measured } from "./measure.ts";

export interface UseFigures {
  readonly prompts: number;
  readonly before: ClusteredMean;
  readonly after: ClusteredMean;
  /** After minus before, prompt by prompt. */
  readonly gain: ClusteredMean;
}

export interface BeforeAndAfter {
  readonly before: readonly Measured[];
  readonly after: readonly Measured[];
}

export const uses: readonly PracticeUse[] = ["story", "translation", "question", "classification"];

/** Each use by its own metric, and utility over all; intervals are clustered by prompt, also where seeds are pooled. */
export function figuresOf(seeds: readonly BeforeAndAfter[]): Record<PracticeUse | "all", UseFigures> {
  const of = (wanted: (row: Measured) => boolean, value: (row: Measured) => number): UseFigures => {
    const pairs = seeds.flatMap(({ before, after }) =>
      before.flatMap((row, index) => {
        const later = after[index];
        return later && wanted(row) ? [{ cluster: row.promptId, before: value(row), after: value(later) }] : [];
      }),
    );
    const mean = (of: (pair: (typeof pairs)[number]) => number) =>
      clusteredMean(pairs.map((pair) => ({ cluster: pair.cluster, value: of(pair) })));
    return {
      prompts: new Set(pairs.map(({ cluster }) => cluster)).size,
      before: mean((pair) => pair.before),
      after: mean((pair) => pair.after),
      gain: mean((pair) => pair.after - pair.before),
    };
  };
  const ofUse = (use: PracticeUse) =>
    of(
      (row) => row.use === use,
      ({ metric }) => metric,
    );
  return {
    story: ofUse("story"),
    translation: ofUse("translation"),
    question: ofUse("question"),
    classification: ofUse("classification"),
    all: of(
      () => true,
      ({ utility }) => utility,
    ),
  };
}
