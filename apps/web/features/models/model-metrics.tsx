"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFormats } from "../../components/use-formats.ts";
import { type Figure, figuresOf } from "./model-figures.ts";

/** Figures under names that say what they are, yardsticks beside what they measure; the trainer's own names are folded. */
export function ModelMetrics({ metrics }: { readonly metrics: Readonly<Record<string, unknown>> }): ReactNode {
  const t = useTranslations("models");
  const figures = figuresOf(metrics);
  if (figures.length === 0) return <p className="text-ink-3">{t("noMetrics")}</p>;
  return (
    <>
      <FigureRows
        figures={figures.filter(({ label }) => label.name !== null)}
        nameOf={(figure) => <Label {...figure} />}
      />
      <details className="mt-3">
        <summary className="cursor-pointer text-xs text-ink-3">{t("rawFigures")}</summary>
        <FigureRows
          figures={figures}
          nameOf={({ key }) => (
            <span lang="en" className="font-mono text-xs">
              {key}
            </span>
          )}
        />
      </details>
    </>
  );
}

function Label({ label }: Figure): ReactNode {
  const t = useTranslations("models.figures");
  if (label.name === null) return null;
  return "of" in label ? t(label.name, { of: label.of }) : t(label.name);
}

interface FigureRowsProps {
  readonly figures: readonly Figure[];
  readonly nameOf: (figure: Figure) => ReactNode;
}

function FigureRows({ figures, nameOf }: FigureRowsProps): ReactNode {
  const formats = useFormats();
  return (
    <dl className="grid gap-1">
      {figures.map((figure) => (
        <div
          key={figure.key}
          className="flex items-baseline justify-between gap-4 border-b border-line py-1 last:border-b-0"
        >
          <dt className="text-ink-2">{nameOf(figure)}</dt>
          <dd className="tabular-nums">
            {formats.number(figure.value, Number.isInteger(figure.value) ? 0 : 3)}
            {figure.interval ? (
              <span className="text-ink-3">
                {" "}
                [{formats.number(figure.interval.low, 3)}, {formats.number(figure.interval.high, 3)}]
              </span>
            ) : null}
          </dd>
        </div>
      ))}
    </dl>
  );
}
