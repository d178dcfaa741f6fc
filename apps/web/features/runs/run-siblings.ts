import type { RunView } from "@touchstone/contracts";

export interface ChangedSetting {
  readonly setting: string;
  readonly before: unknown;
  readonly now: unknown;
}

type Settings = Pick<RunView, "id" | "kind" | "number" | "seed" | "spec" | "waitsForId">;

/** Nested settings under dotted names. */
export function flatSettings(tree: Readonly<Record<string, unknown>>, prefix = ""): [string, unknown][] {
  return Object.entries(tree).flatMap(([name, value]): [string, unknown][] =>
    isTree(value) ? flatSettings(value, `${prefix}${name}.`) : [[prefix + name, value]],
  );
}

/** Whether a value is a set of settings, rather than one. */
export function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What is set otherwise than in the run of the same kind before it; null where the list holds none before it. */
export function changedSettings(run: Settings, runs: readonly Settings[]): ChangedSetting[] | null {
  const earlier = runs.filter((other) => other.kind === run.kind && other.number < run.number);
  const previous = earlier.toSorted((one, other) => other.number - one.number)[0];
  if (!previous) return null;
  const before = new Map(flatSettings({ ...previous.spec, seed: previous.seed }));
  const now = new Map(flatSettings({ ...run.spec, seed: run.seed }));
  return [...new Set([...before.keys(), ...now.keys()])]
    .toSorted()
    .map((setting) => ({ setting, before: before.get(setting), now: now.get(setting) }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.now));
}

/** The number of the run that a round began with; null for a run by itself. */
export function roundOf(run: Settings, runs: readonly Settings[]): number | null {
  const byId = new Map(runs.map((one) => [one.id, one]));
  const beforeOf = ({ waitsForId }: Settings) => (waitsForId === null ? undefined : byId.get(waitsForId));
  let first = run;
  for (let before = beforeOf(run); before; before = beforeOf(before)) first = before;
  const leads = runs.some((other) => other.waitsForId === run.id);
  return run.waitsForId !== null || leads ? first.number : null;
}
