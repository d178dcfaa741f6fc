"use client";
import type { ProjectFigures } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Estimate, Interval } from "../../components/figures/interval.tsx";
import { Streak } from "../../components/figures/streak.tsx";
import { useFormats } from "../../components/use-formats.ts";

/** Counts stand bare, estimates carry their interval twice: as a streak with a dot, and in figures. */
export function FigureRow({ figures }: { readonly figures: ProjectFigures }): ReactNode {
  const t = useTranslations("projects.figures");
  const formats = useFormats();
  const { person, imported, simulated, surplus } = figures.judgements;
  const counted = person + imported + simulated;
  const share = figures.wanted === 0 ? 0 : counted / figures.wanted;
  const apart = [
    imported > 0 ? t("imported", { count: imported }) : "",
    simulated > 0 ? t("simulated", { count: simulated }) : "",
    surplus > 0 ? t("surplus", { count: surplus }) : "",
  ].filter(Boolean);
  return (
    <section
      aria-label={t("label")}
      className="grid rounded-lg border border-line bg-surface max-md:divide-y max-md:divide-line md:grid-cols-4 md:divide-x md:divide-line"
    >
      <Figure
        title={t("done")}
        value={t("ofWanted", { done: formats.number(counted), wanted: formats.number(figures.wanted) })}
      >
        <Streak value={share} label={t("done")} />
        <span>{apart.length > 0 ? formats.list(apart) : t("allByPeople")}</span>
      </Figure>
      <Figure title={t("pace")} value={t("lastHour", { count: figures.lastHour })}>
        <span>
          {figures.medianSeconds === null
            ? t("noPace")
            : t("median", { time: formats.duration(figures.medianSeconds) })}
        </span>
      </Figure>
      <Figure
        title={t("agreement")}
        value={figures.agreement ? <Estimate estimate={figures.agreement} as="number" /> : "–"}
      >
        {figures.agreement ? (
          <>
            <Interval estimate={figures.agreement} from={-0.2} to={1} mark={0} />
            <span>{t("agreementOn", { pairs: figures.agreement.pairs, measure: figures.agreement.measure })}</span>
          </>
        ) : (
          <span>{t("noAgreement")}</span>
        )}
      </Figure>
      <Figure title={t("stock")} value={formats.number(figures.prompts)}>
        <span>{t("answers", { count: figures.completions, open: figures.tasks.open })}</span>
      </Figure>
    </section>
  );
}

interface FigureProps {
  readonly title: string;
  readonly value: ReactNode;
  readonly children: ReactNode;
}

function Figure({ title, value, children }: FigureProps): ReactNode {
  return (
    <div className="grid content-start gap-1.5 p-4 text-xs text-ink-3">
      <h2 className="text-xs font-normal text-ink-3">{title}</h2>
      <p className="text-xl font-medium text-ink tabular-nums">{value}</p>
      {children}
    </div>
  );
}
