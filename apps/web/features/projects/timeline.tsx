"use client";
import type { ProjectFigures } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { axisFor } from "../../components/chart/axis.ts";
import { useFormats } from "../../components/use-formats.ts";

type Day = ProjectFigures["timeline"][number];

/** Four weeks at least, so that the first day is a thin bar at the right and not a wall. */
const shownDays = 28;
const dayMs = 86_400_000;

/** Days without judgements are days too: the list that comes has only those with some. */
function everyDay(days: readonly Day[]): Day[] {
  const last = days.at(-1);
  const first = days[0];
  if (!first || !last) return [];
  const end = Date.parse(last.day);
  const count = Math.max(shownDays, Math.round((end - Date.parse(first.day)) / dayMs) + 1);
  const known = new Map(days.map((day) => [day.day, day]));
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(end - (count - 1 - index) * dayMs).toISOString().slice(0, 10);
    return known.get(day) ?? { day, person: 0, imported: 0, simulated: 0 };
  });
}

/** Judgements a day as bars: people in blue, what was imported or simulated in grey below them, and each in words. */
export function Timeline({ days }: { readonly days: readonly Day[] }): ReactNode {
  const t = useTranslations("projects.timeline");
  const formats = useFormats();
  const shown = everyDay(days);
  if (shown.length === 0) return <p className="text-ink-3">{t("empty")}</p>;
  const axis = axisFor([0, ...shown.map((day) => day.person + day.imported + day.simulated)]);
  const ticks = axis.ticks.filter((tick) => tick >= 0 && Number.isInteger(tick));
  const marks = [0, 1, 2, 3].map((part) => Math.round((part * (shown.length - 1)) / 3));
  return (
    <figure className="grid grid-cols-[2.5rem_minmax(0,1fr)]">
      <div aria-hidden="true" className="relative h-24 text-2xs text-ink-3">
        {ticks.map((tick) => (
          <span
            key={tick}
            className="absolute right-2 translate-y-1/2 leading-none"
            style={{ bottom: `${(tick / axis.to) * 100}%` }}
          >
            {formats.number(tick)}
          </span>
        ))}
      </div>
      <div className="relative h-24">
        {ticks.map((tick) => (
          <i
            key={tick}
            aria-hidden="true"
            className="absolute inset-x-0 border-t border-line"
            style={{ bottom: `${(tick / axis.to) * 100}%` }}
          />
        ))}
        <ol className="relative flex h-full items-end" aria-label={t("title")}>
          {shown.map((day) => (
            <li
              key={day.day}
              className="flex h-full flex-1 flex-col items-center justify-end"
              title={t("day", { ...day, day: formats.day(day.day) })}
            >
              <Bar share={day.person / axis.to} className="bg-accent" />
              <Bar share={day.imported / axis.to} className="bg-line-strong" />
              <Bar share={day.simulated / axis.to} className="bg-line-strong opacity-60" />
              <span className="sr-only">{t("day", { ...day, day: formats.day(day.day) })}</span>
            </li>
          ))}
        </ol>
      </div>
      <figcaption aria-hidden="true" className="col-start-2 mt-1 flex justify-between text-2xs text-ink-3">
        {marks.map((index) => (
          <span key={index}>{formats.day(shown[index]?.day ?? "")}</span>
        ))}
      </figcaption>
    </figure>
  );
}

function Bar({ share, className }: { readonly share: number; readonly className: string }): ReactNode {
  return share > 0 ? (
    <i
      aria-hidden="true"
      className={`w-[min(0.75rem,45%)] ${className}`}
      style={{ height: `max(1px, ${share * 100}%)` }}
    />
  ) : null;
}
