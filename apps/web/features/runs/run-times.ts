import type { RunView } from "@touchstone/contracts";
import { flatSettings } from "./run-siblings.ts";

type Former = Pick<RunView, "spec" | "startedAt" | "finishedAt">;
type Settings = Readonly<Record<string, unknown>>;

/** How long runs took, in seconds, over `count` of them. */
export interface RunTimes {
  readonly count: number;
  readonly from: number;
  readonly to: number;
  /** Whether they had the settings that are wanted; otherwise they are only of the same kind. */
  readonly alike: boolean;
}

/** Older ones say less: data and machine change. */
const lookedAt = 3;

/** How long the last runs of a kind took, those with the settings that are named if there are any; null where none has ended. */
export function timesOf(former: readonly Former[], settings: Settings): RunTimes | null {
  const alike = former.filter(({ spec }) => hasSettings(spec, settings));
  const times = secondsOf(alike.length > 0 ? alike : former);
  if (times.length === 0) return null;
  return { count: times.length, from: Math.min(...times), to: Math.max(...times), alike: alike.length > 0 };
}

/** Of runs one after the other; null where one of them is not known. */
export function timesTogether(parts: readonly (RunTimes | null)[]): RunTimes | null {
  const known = parts.flatMap((part) => part ?? []);
  if (known.length < parts.length || known.length === 0) return null;
  return {
    count: Math.min(...known.map(({ count }) => count)),
    from: known.reduce((sum, { from }) => sum + from, 0),
    to: known.reduce((sum, { to }) => sum + to, 0),
    alike: known.every(({ alike }) => alike),
  };
}

function secondsOf(runs: readonly Former[]): number[] {
  return runs
    .flatMap(({ startedAt, finishedAt }) =>
      startedAt === null || finishedAt === null ? [] : [(Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000],
    )
    .slice(0, lookedAt);
}

/** Whether all that is named is set so; the database keeps settings in an order of its own. */
function hasSettings(spec: Settings, named: Settings): boolean {
  const set = new Map(flatSettings(spec));
  return flatSettings(named).every(([name, value]) => JSON.stringify(set.get(name)) === JSON.stringify(value));
}
