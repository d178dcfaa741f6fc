"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { BodyProps } from "../question-parts.ts";
import { extremesOf } from "./extremes.ts";

/** Beside the letter of the answer that is the best or the worst. */
export function ExtremeMark({ task, draft, place }: BodyProps): ReactNode {
  const t = useTranslations("questions.bestWorst");
  const { best, worst } = extremesOf(draft, task.completions.length);
  if (place !== best && place !== worst) return null;
  return (
    <span className="rounded-sm bg-accent-soft px-1.5 py-0.5 text-xs font-semibold text-ink">
      {t(place === best ? "best" : "worst")}
    </span>
  );
}
