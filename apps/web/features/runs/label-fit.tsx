"use client";
import { useQueries } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { classNames } from "../../components/class-names.ts";
import { useFormats } from "../../components/use-formats.ts";
import { type FitSight, fitSight } from "./fit-sight.ts";
import { fitText } from "./fit-words.ts";
import type { Lesson } from "./run-lessons.ts";
import { labelFitQuery } from "./run-queries.ts";

interface Launch {
  readonly projectId: string;
  /** The model whose context the labels are to fit; undefined while none is chosen. */
  readonly modelId: string | undefined;
  readonly lessons: readonly Lesson[];
  readonly includeSimulated: boolean;
}

/** What a launch would learn from, a sight for each of its lessons. */
export function useLabelFit({ projectId, modelId, lessons, includeSimulated }: Launch): FitSight[] {
  const queries =
    modelId === undefined
      ? []
      : lessons.map(({ noun }) => labelFitQuery(projectId, { modelId, labels: noun, includeSimulated }));
  const fits = useQueries({ queries });
  return lessons.flatMap((lesson, index) => {
    const asked = fits[index];
    if (!asked) return [];
    // While the API itself does not answer, nothing is known either.
    const fit = asked.isError ? ({ state: "unknown", why: "no_queue" } as const) : asked.data;
    return fitSight(fit, { ...lesson, includeSimulated });
  });
}

/** Says before a launch what it would learn from, what would be left out, and what can be done about it. */
export function LabelFit({ sights }: { readonly sights: readonly FitSight[] }): ReactNode {
  const t = useTranslations("runs");
  const { locale } = useFormats();
  if (sights.length === 0) return null;
  return (
    <div role="status" className="grid gap-2 text-xs">
      {sights.map(({ noun, level, sentences }) => (
        <p
          key={noun}
          className={classNames("flex items-baseline gap-1.5", level === "quiet" ? "text-ink-3" : "text-warn")}
        >
          {level === "quiet" ? null : <i aria-hidden="true" className="mark shrink-0" data-state="attention" />}
          <span>{fitText(sentences, t, locale)}</span>
        </p>
      ))}
    </div>
  );
}
