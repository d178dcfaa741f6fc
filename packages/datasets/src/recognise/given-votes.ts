import type { ColumnMapping } from "@touchstone/contracts";
import type { ImportSource } from "../formats/import-source.ts";
import { plainName } from "./names.ts";
import type { ColumnProfile, FileProfile } from "./profile.ts";
import { readVoteValues } from "./vote-values.ts";

export interface GivenReading {
  readonly source: ImportSource;
  /** Whether which sign of a grade is for which side was assumed. */
  readonly assumedGrades: boolean;
}

/**
 * A given mapping that says where the votes are, as a choice in a menu does, and not what they mean: their words are read
 * as those of a proposed one are. Where one of them cannot be told the mapping stays, and each row says so.
 */
export function withVoteValues(source: ImportSource, profile: FileProfile): GivenReading {
  const given = { source, assumedGrades: false };
  if (source.format !== "columns") return given;
  const { mapping } = source;
  if (mapping.votes === undefined || mapping.values !== undefined) return given;
  const columns = votedIn(mapping.votes, profile);
  if (columns.length === 0 || columns.some(({ manyValues }) => manyValues)) return given;
  const found = [...new Set(columns.flatMap(({ values }) => [...values.keys()]))];
  const reading = readVoteValues(found, { a: namesOf(mapping.a), b: namesOf(mapping.b) });
  if (!reading) return given;
  return { source: { ...source, mapping: { ...mapping, values: reading.values } }, assumedGrades: reading.assumed };
}

function votedIn(votes: NonNullable<ColumnMapping["votes"]>, profile: FileProfile): ColumnProfile[] {
  const at = (path: string) => profile.columns.get(path);
  const columns = "list" in votes ? [at(votes.list)?.entries.get(votes.value)] : votes.columns.map(at);
  return columns.flatMap((column) => column ?? []);
}

function namesOf(path: string | undefined): string[] {
  return path === undefined ? [] : [plainName(path)];
}
