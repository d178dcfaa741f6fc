import { type ColumnMapping, type ImportReceipt, usualVoteValues } from "@touchstone/contracts";

/** What a word of a vote column can mean: of two answers which is better, of one whether it is good. */
export type Meaning = "a" | "b" | "tie" | "bothBad";

export interface VotedColumn {
  readonly path: string;
  /** Its different words, in the order in which they were met. */
  readonly values: readonly string[];
  readonly meanings: readonly Meaning[];
  /** Whether the vote is about one answer and not between two. */
  readonly ofOne: boolean;
  /** Columns of the two answers, where each has its own. */
  readonly sides: { readonly a: string; readonly b: string } | null;
}

/** The one column of votes or labels whose words a person can say the meaning of; null where there is none, or grades are read. */
export function votedColumn({ mapping, columns }: ImportReceipt): VotedColumn | null {
  if (mapping === null || Object.keys(mapping.values?.grades ?? {}).length > 0) return null;
  const path = mapping.label ?? onlyVoteOf(mapping);
  const column = columns.find((one) => one.path === path);
  if (path === undefined || column?.values === undefined || column.values.length === 0) return null;
  const ofOne = mapping.label !== undefined;
  const meanings: readonly Meaning[] = ofOne ? ["a", "b"] : ["a", "b", "tie", "bothBad"];
  const sides = mapping.a !== undefined && mapping.b !== undefined ? { a: mapping.a, b: mapping.b } : null;
  return { path, values: column.values, meanings, ofOne, sides };
}

function onlyVoteOf({ votes }: ColumnMapping): string | undefined {
  if (votes === undefined || "list" in votes) return undefined;
  return votes.columns.length === 1 ? votes.columns[0] : undefined;
}

/** What each word is read as; a word that is not there is not known. */
export function meaningsOf({ values }: ColumnMapping): ReadonlyMap<string, Meaning> {
  const words = values ?? usualVoteValues;
  const known = new Map<string, Meaning>();
  for (const meaning of ["a", "b", "tie", "bothBad"] as const) {
    for (const value of words[meaning]) known.set(value, meaning);
  }
  return known;
}

/** The mapping in which the words mean this. */
export function withMeanings(mapping: ColumnMapping, meanings: ReadonlyMap<string, Meaning>): ColumnMapping {
  const wordsOf = (meaning: Meaning) => [...meanings].filter(([, one]) => one === meaning).map(([value]) => value);
  const values = { a: wordsOf("a"), b: wordsOf("b"), tie: wordsOf("tie"), bothBad: wordsOf("bothBad"), grades: {} };
  return { ...mapping, values };
}
