import { flatSettings } from "../runs/run-siblings.ts";
import type { Subject } from "./subject.ts";

/** What tells two models apart before any setting of their trainers. */
export const traits = ["kind", "recipe", "labels", "base", "reward", "seed", "size", "context"] as const;
export type Trait = (typeof traits)[number];

/** A row of the table: what one thing is for each of those compared, as texts to compare and to read. */
export interface Row<Name extends string = string> {
  readonly name: Name;
  readonly values: readonly unknown[];
}

export interface Differences<Name extends string = string> {
  readonly different: readonly Row<Name>[];
  readonly equal: readonly Row<Name>[];
}

/** Rows in which not all are alike, and those in which they are; of one whose value nobody knows (undefined) nothing is said. */
export function differencesIn<Name extends string>(rows: readonly Row<Name>[]): Differences<Name> {
  const isEqual = ({ values }: Row<Name>): boolean =>
    new Set(values.flatMap((value) => JSON.stringify(value) ?? [])).size <= 1;
  return { different: rows.filter((row) => !isEqual(row)), equal: rows.filter(isEqual) };
}

/** A trait as it is compared: data by their hash, other models by their id. */
const traitOf: Readonly<Record<Trait, (subject: Subject) => unknown>> = {
  kind: ({ model, run }) => model?.kind ?? (run && (run.kind === "reward" ? "reward" : "policy")),
  recipe: ({ run, model }) => run?.kind ?? model?.trainer ?? null,
  labels: ({ labels }) => labels?.sha256 ?? null,
  base: ({ base }) => base?.id ?? null,
  reward: ({ reward }) => reward?.id ?? null,
  seed: ({ run }) => run?.seed ?? null,
  size: ({ model }) => model?.parameters ?? null,
  context: ({ context }) => context,
};

export function traitRows(subjects: readonly Subject[]): Row<Trait>[] {
  return traits.map((name) => ({ name, values: subjects.map(traitOf[name]) }));
}

/** All settings of all trainers, by name; null where a trainer knows no such setting, undefined where no run says any. */
export function settingRows(subjects: readonly Subject[]): Row[] {
  const settings = subjects.map(({ run }) => run && new Map(flatSettings(run.spec)));
  const names = [...new Set(settings.flatMap((of) => [...(of?.keys() ?? [])]))].toSorted();
  return names.map((name) => ({ name, values: settings.map((of) => (of ? (of.get(name) ?? null) : undefined)) }));
}
