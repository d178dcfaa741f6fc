"use client";
import type { ProjectFigures } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Interval } from "../../components/figures/interval.tsx";
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
      className="grid gap-px overflow-hidden rounded-lg border border-line bg-line md:grid-cols-2 min-[76rem]:grid-cols-4"
    >
      <Figure title={t("done")} value={formats.share(share)}>
        <Streak value={share} label={t("done")} />
        <span>{t("ofWanted", { done: formats.number(counted), wanted: formats.number(figures.wanted) })}</span>
        {apart.length > 0 ? <span>{formats.list(apart)}</span> : null}
      </Figure>
      <Figure
        title={t("pace")}
        value={figures.medianSeconds === null ? "–" : formats.duration(figures.medianSeconds)}
        unit={figures.medianSeconds === null ? "" : t("each")}
      >
        <span>{figures.medianSeconds === null ? t("noPace") : t("median")}</span>
        <span>{t("lastHour", { count: figures.lastHour, people: figures.activeAnnotators })}</span>
      </Figure>
      <Figure
        title={t("agreement")}
        value={figures.agreement ? formats.number(figures.agreement.value, 2) : "–"}
        unit={figures.agreement ? t("alpha") : ""}
      >
        {figures.agreement ? (
          <>
            <Interval estimate={figures.agreement} from={-0.2} to={1} mark={0} />
            <span>
              {t("interval", {
                low: formats.number(figures.agreement.low, 2),
                high: formats.number(figures.agreement.high, 2),
              })}
            </span>
            <span>{t("agreementOn", { pairs: figures.agreement.pairs, of: figures.agreement.of })}</span>
          </>
        ) : (
          <span>{t("noAgreement")}</span>
        )}
      </Figure>
      <Figure title={t("stock")} value={formats.number(figures.prompts)}>
        <span>{t("answers", { count: figures.completions })}</span>
        <span>{t("open", { count: figures.tasks.open })}</span>
      </Figure>
    </section>
  );
}

interface FigureProps {
  readonly title: string;
  readonly value: string;
  readonly unit?: string;
  readonly children: ReactNode;
}

function Figure({ title, value, unit, children }: FigureProps): ReactNode {
  return (
    <div className="grid content-start gap-1 bg-surface p-4 text-xs text-ink-3">
      <h2 className="text-xs font-normal text-ink-3">{title}</h2>
      <p className="text-2xl font-medium text-ink tabular-nums">
        {value}
        {unit ? <small className="ml-1.5 inline-block text-xs font-normal text-ink-2">{unit}</small> : null}
      </p>
      {children}
    </div>
  );
}
