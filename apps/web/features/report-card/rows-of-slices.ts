import type { CardSlice, ReportCard } from "@touchstone/contracts";

export interface SliceRow {
  readonly by: "matched" | keyof ReportCard["slices"];
  readonly slice: CardSlice;
  /** Whether the rows above are of another group. */
  readonly isFirst: boolean;
}

/** All slices of a card in one list, those of like length first: there the length says nothing. */
export function rowsOfSlices({ lengthMatched, slices }: Pick<ReportCard, "lengthMatched" | "slices">): SliceRow[] {
  const groups = [
    ["matched", lengthMatched ? [lengthMatched] : []],
    ["strength", slices.strength],
    ["length", slices.length],
    ["language", slices.language],
    ["annotator", slices.annotator],
  ] as const;
  return groups.flatMap(([by, own]) => own.map((slice, place) => ({ by, slice, isFirst: place === 0 })));
}
