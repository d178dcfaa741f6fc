import { createHash } from "node:crypto";
import type { TrainingSpec } from "@touchstone/contracts";
import { type StoredModel, sha256Of } from "../files/read-model.ts";
import type { DataFile } from "../files/read-rows.ts";

interface Asked {
  readonly spec: TrainingSpec;
  readonly seed: number;
  readonly workers: number;
  readonly data: readonly DataFile[];
  readonly models: Readonly<Record<string, StoredModel | undefined>>;
}

/** What makes a run the run it is. */
export interface RunIdentity {
  /** Hash of settings, seed, models, and of what is in each file, what it is for and how it was read: not where it lay. */
  readonly sha256: string;
  /**
   * Hash of the rows that the files came down to, each with what it is for. The same files can be read otherwise by
   * another version, and then a run that this one began is none to go on with.
   */
  readonly rows: string;
  /** What the versions before wrote, which knew neither a file's role nor how it was read. */
  readonly earlier: string;
  /** Whether `earlier` can mean no other run: one file alone is always learned from. */
  readonly isEarlierPlain: boolean;
}

export function runIdentity({ spec, seed, data, models }: Asked): RunIdentity {
  const ofModels = named(models).map(([role, { sha256 }]) => [role, sha256]);
  const files = data.map(({ sha256, split, rows }) => [
    split,
    sha256,
    [...new Set(rows.map(({ kind }) => kind))].sort(),
  ]);
  const hashes = data.map(({ sha256 }) => sha256);
  return {
    sha256: sha256Of(JSON.stringify([spec, seed, files, ofModels])),
    earlier: sha256Of(JSON.stringify([spec, seed, hashes, ofModels])),
    rows: sha256OfRows(data),
    isEarlierPlain: data.length === 1,
  };
}

/** Row by row: all of them in one text might be longer than a text can be. */
function sha256OfRows(data: readonly DataFile[]): string {
  const hash = createHash("sha256");
  for (const { split, rows } of data) {
    hash.update(`${split}\n`);
    for (const row of rows) hash.update(`${JSON.stringify(row)}\n`);
  }
  return hash.digest("hex");
}

/** What spec.json says: every file and model with its role and hash, so that lineage can be told from it alone. */
export function describedSpec({ spec, seed, workers, data, models }: Asked): object {
  return {
    ...spec,
    seed,
    workers,
    data: data.map(({ path, sha256, rows, split }) => ({ path, role: split, sha256, rows: rows.length })),
    models: Object.fromEntries(named(models).map(([role, { path, sha256 }]) => [role, { path, sha256 }])),
  };
}

function named(models: Asked["models"]): [string, StoredModel][] {
  return Object.entries(models).flatMap(([role, model]): [string, StoredModel][] => (model ? [[role, model]] : []));
}
