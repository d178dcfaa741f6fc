"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFormats } from "../../components/use-formats.ts";

/** Figures in the trainer's own names, so that they can be found in its code; yardsticks stand with what they measure. */
export function ModelMetrics({ metrics }: { readonly metrics: Readonly<Record<string, unknown>> }): ReactNode {
  const t = useTranslations("models");
  const formats = useFormats();
  const figures = Object.entries(metrics).flatMap(([name, value]) =>
    typeof value === "number" ? [{ name, value }] : [],
  );
  if (figures.length === 0) return <p className="text-ink-3">{t("noMetrics")}</p>;
  const byName = new Map(figures.map(({ name, value }) => [name, value]));
  const ends = new Set(figures.flatMap(({ name }) => (/\.(low|high)$/.test(name) ? [name] : [])));
  return (
    <dl className="grid gap-1">
      {figures
        .filter(({ name }) => !ends.has(name))
        .map(({ name, value }) => {
          const low = byName.get(`${name}.low`);
          const high = byName.get(`${name}.high`);
          return (
            <div
              key={name}
              className="flex items-baseline justify-between gap-4 border-b border-line py-1 last:border-b-0"
            >
              <dt lang="en" className="font-mono text-xs text-ink-2">
                {name}
              </dt>
              <dd className="tabular-nums">
                {formats.number(value, Number.isInteger(value) ? 0 : 3)}
                {low !== undefined && high !== undefined ? (
                  <span className="text-ink-3">
                    {" "}
                    [{formats.number(low, 3)}, {formats.number(high, 3)}]
                  </span>
                ) : null}
              </dd>
            </div>
          );
        })}
    </dl>
  );
}
