import type { ColumnMapping } from "@touchstone/contracts";
import type { ImportSource } from "../formats/import-source.ts";
import { plainName } from "./names.ts";
import type { ColumnProfile, FileProfile } from "./profile.ts";
import { readVoteValues } from "./vote-values.ts";

export interface GivenReading {
  readonly source: ImportSource;
  /** Whether which sign of a grade is for which side was assumed. */
  readonly assumedGrades: boolean;
  /** Whether what the aspects' numbers reach from and to was told from the numbers alone. */
  readonly assumedScale: boolean;
}

/**
 * A given mapping that says where the votes are, as a choice in a menu does, and not what they mean: their words are read
 * as those of a proposed one are. Where one of them cannot be told the mapping stays, and each row says so.
 */
export function withVoteValues(source: ImportSource, profile: FileProfile): GivenReading {
  if (source.format !== "columns") return { source, assumedGrades: false, assumedScale: false };
  const mapping = withAspectScale(source.mapping, profile);
  const assumedScale = mapping !== source.mapping;
  const given = { source: { ...source, mapping }, assumedGrades: false, assumedScale };
  if (mapping.votes === undefined || mapping.values !== undefined) return given;
  const columns = votedIn(mapping.votes, profile);
  if (columns.length === 0 || columns.some(({ manyValues }) => manyValues)) return given;
  const found = [...new Set(columns.flatMap(({ values }) => [...values.keys()]))];
  const reading = readVoteValues(found, { a: namesOf(mapping.a), b: namesOf(mapping.b) });
  if (!reading) return given;
  const voted = { ...source, mapping: { ...mapping, values: reading.values } };
  return { source: voted, assumedGrades: reading.assumed, assumedScale };
}

/** Five numbers or seven, whichever all aspects fit in, from the lowest that there is; 1 to 5 where they do. */
function withAspectScale(mapping: ColumnMapping, profile: FileProfile): ColumnMapping {
  const { aspects = [], aspectScale } = mapping;
  if (aspects.length === 0 || aspectScale !== undefined) return mapping;
  const columns = aspects.flatMap((path) => profile.columns.get(path) ?? []);
  const numbers = columns.flatMap(({ values }) => [...values.keys()].map(Number)).filter(Number.isFinite);
  const scale = (
    [
      [1, 5],
      [0, 5],
      [1, 7],
      [0, 7],
      [-2, 5],
      [-3, 7],
    ] as const
  ).find(([from, steps]) => numbers.every((number) => number >= from && number < from + steps));
  const [from, steps] = scale ?? [1, 5];
  return { ...mapping, aspectScale: { from, steps } };
}

function votedIn(votes: NonNullable<ColumnMapping["votes"]>, profile: FileProfile): ColumnProfile[] {
  const at = (path: string) => profile.columns.get(path);
  const columns = "list" in votes ? [at(votes.list)?.entries.get(votes.value)] : votes.columns.map(at);
  return columns.flatMap((column) => column ?? []);
}

function namesOf(path: string | undefined): string[] {
  return path === undefined ? [] : [plainName(path)];
}
