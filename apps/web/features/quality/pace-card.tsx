"use client";
import { paceBounds, type QualityPace } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "../../components/card.tsx";
import { asPercentage } from "../../components/figures/streak.tsx";
import { useFormats } from "../../components/use-formats.ts";

/** How long judging takes, as a median and as bars; of nobody in particular. */
export function PaceCard({ pace }: { readonly pace: readonly QualityPace[] }): ReactNode {
  const t = useTranslations("quality.pace");
  return (
    <Card title={t("title")} note={t("note")}>
      {pace.length === 0 ? <p className="text-ink-2">{t("none")}</p> : null}
      <div className="grid gap-6">
        {pace.map((one) => (
          <Distribution key={one.questionnaire} pace={one} />
        ))}
      </div>
    </Card>
  );
}

function Distribution({ pace }: { readonly pace: QualityPace }): ReactNode {
  const t = useTranslations("quality.pace");
  const formats = useFormats();
  const { questionnaire, judgements, median, low, high, bins } = pace;
  const most = Math.max(1, ...bins);
  const seconds = (value: number): string => formats.duration(value);
  const named = bins.map((count, place) => ({ count, label: binName(place) }));
  return (
    <section aria-label={questionnaire} className="grid gap-2">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <span className="text-lg font-medium tabular-nums">{seconds(median)}</span>
        <span className="text-xs text-ink-3">
          {t("median", { questionnaire, count: judgements, low: seconds(low), high: seconds(high) })}
        </span>
      </p>
      <table className="w-full text-xs">
        <thead className="sr-only">
          <tr>
            <th scope="col">{t("time")}</th>
            <th scope="col">{t("bar")}</th>
            <th scope="col">{t("count")}</th>
          </tr>
        </thead>
        <tbody>
          {named.map(({ count, label }) => (
            <tr key={label}>
              <th scope="row" className="w-28 py-0.5 pr-3 text-left font-normal whitespace-nowrap text-ink-3">
                {label}
              </th>
              <td>
                <i
                  aria-hidden="true"
                  className="block h-2.5 rounded-sm bg-accent"
                  style={{ width: asPercentage(count / most) }}
                />
              </td>
              <td className="w-14 pl-3 text-right tabular-nums">{formats.number(count)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );

  function binName(place: number): string {
    const [from, to] = [paceBounds[place - 1], paceBounds[place]];
    if (from === undefined) return t("below", { to: seconds(to ?? 0) });
    return to === undefined
      ? t("above", { from: seconds(from) })
      : t("between", { from: seconds(from), to: seconds(to) });
  }
}
