"use client";
import { useQueries } from "@tanstack/react-query";
import type { RunKind } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFormats } from "../../components/use-formats.ts";
import { formerRunsQuery } from "./run-queries.ts";
import { type RunTimes, timesOf, timesTogether } from "./run-times.ts";

/** A run that is about to be launched, with the settings that decide how long it takes. */
export interface PlannedRun {
  readonly kind: RunKind;
  readonly settings: Readonly<Record<string, unknown>>;
}

interface RunTimeProps {
  readonly projectId: string;
  /** One after the other. */
  readonly runs: readonly PlannedRun[];
}

/** How long it will take, by what former runs of the same kinds took. */
export function RunTime({ projectId, runs }: RunTimeProps): ReactNode {
  const t = useTranslations("runs");
  const former = useQueries({ queries: runs.map(({ kind }) => formerRunsQuery(projectId, kind)) });
  if (!former.every(({ data }) => data)) return null;
  const parts = runs.map(({ kind, settings }, index) => ({
    kind,
    times: timesOf(former[index]?.data?.items ?? [], settings),
  }));
  const times = timesTogether(parts.map((part) => part.times));
  const unknown = parts.flatMap(({ kind, times: known }) => (known ? [] : [t(`kinds.${kind}`)]));
  return (
    <p className="text-xs text-ink-3">
      {times ? <Known times={times} parts={runs.length} /> : <Unknown kinds={unknown} />}
    </p>
  );
}

function Known({ times, parts }: { readonly times: RunTimes; readonly parts: number }): ReactNode {
  const t = useTranslations("runs.times");
  const formats = useFormats();
  const [from, to] = [formats.duration(times.from), formats.duration(times.to)];
  const time = from === to ? from : t("range", { from, to });
  const settings = times.alike ? "alike" : "otherwise";
  return parts === 1 ? t(settings, { count: times.count, time }) : t(`together.${settings}`, { time });
}

function Unknown({ kinds }: { readonly kinds: readonly string[] }): ReactNode {
  const t = useTranslations("runs.times");
  const formats = useFormats();
  return t("unknown", { kinds: formats.list(kinds) });
}
