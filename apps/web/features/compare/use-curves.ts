import { useQueries } from "@tanstack/react-query";
import type { MetricSeries } from "@touchstone/contracts";
import { hasEnded } from "../runs/run-state.ts";
import type { CompareScale } from "./compare-address.ts";
import { curveQuery, metricNamesQuery } from "./compare-queries.ts";
import { type CurveOrNot, curveOver, metricsOf } from "./curves-of.ts";
import type { Subject } from "./subject.ts";

/** The line of one of those compared, or why it has none. */
export interface SubjectCurve {
  readonly subject: Subject;
  readonly curve: CurveOrNot;
  readonly series: MetricSeries | null;
}

export interface Curves {
  /** Figures that can be chosen; undefined until they are known. */
  readonly metrics: readonly string[] | undefined;
  readonly metric: string | null;
  /** Undefined until all are there. */
  readonly curves: readonly SubjectCurve[] | undefined;
  readonly failure: { readonly error: Error; readonly retry: () => void } | null;
}

/** The curves of one figure: of each run that one, and no other, is fetched. */
export function useCurves(subjects: readonly Subject[], wanted: string | null, over: CompareScale): Curves {
  const runs = subjects.flatMap(({ run }) => run ?? []);
  const named = useQueries({ queries: runs.map(({ id }) => metricNamesQuery(id)) });
  const isNamed = named.every(({ data }) => data);
  const metrics = isNamed ? metricsOf(named.map(({ data }) => data ?? [])) : undefined;
  // A figure that stands in the address is drawn even where nobody has it, and that is said.
  const metric = wanted ?? metrics?.[0] ?? null;
  const fetched = useQueries({
    queries: runs.map((run) => ({
      ...curveQuery(run.id, metric ?? "", !hasEnded(run.state)),
      enabled: metric !== null,
    })),
  });
  const failed = [...named, ...fetched].find(({ isError, data }) => isError && data === undefined);
  const isThere = isNamed && (metric === null || fetched.every(({ data }) => data !== undefined));
  return {
    metrics,
    metric,
    curves: isThere ? subjects.map(curveOfSubject) : undefined,
    failure: failed?.error ? { error: failed.error, retry: () => void failed.refetch() } : null,
  };

  function curveOfSubject(subject: Subject): SubjectCurve {
    const { run } = subject;
    if (run === null) return { subject, curve: { kind: "none", why: "noRun" }, series: null };
    const series = fetched[runs.indexOf(run)]?.data ?? null;
    return { subject, curve: curveOver(run, series ?? undefined, over), series };
  }
}
