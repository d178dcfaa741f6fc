"use client";
import type { ProjectFigures } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFormats } from "../../components/use-formats.ts";

type Day = ProjectFigures["timeline"][number];

/** Judgements a day as thin bars: people in ink, what was imported or simulated lighter, and each in words. */
export function Timeline({ days }: { readonly days: readonly Day[] }): ReactNode {
  const t = useTranslations("projects.timeline");
  const formats = useFormats();
  if (days.length === 0) return <p className="text-ink-3">{t("empty")}</p>;
  const highest = Math.max(1, ...days.map((day) => day.person + day.imported + day.simulated));
  const first = days[0];
  const last = days.at(-1);
  return (
    <figure className="grid gap-1">
      <ol className="flex h-16 items-end gap-px" aria-label={t("title")}>
        {days.map((day) => (
          <li
            key={day.day}
            className="flex h-full max-w-6 flex-1 flex-col justify-end"
            title={t("day", { ...day, day: formats.day(day.day) })}
          >
            <Bar share={day.simulated / highest} className="bg-line" />
            <Bar share={day.imported / highest} className="bg-line-strong" />
            <Bar share={day.person / highest} className="bg-accent" />
            <span className="sr-only">{t("day", { ...day, day: formats.day(day.day) })}</span>
          </li>
        ))}
      </ol>
      <figcaption className="flex justify-between text-2xs text-ink-3">
        <span>{first ? formats.day(first.day) : ""}</span>
        <span>{last && last !== first ? formats.day(last.day) : ""}</span>
      </figcaption>
    </figure>
  );
}

function Bar({ share, className }: { readonly share: number; readonly className: string }): ReactNode {
  return share > 0 ? (
    <i aria-hidden="true" className={className} style={{ height: `max(1px, ${share * 100}%)` }} />
  ) : null;
}
