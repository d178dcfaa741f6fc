"use client";
import type { JudgementFilter, ProjectFigures, ProjectView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Interval } from "../../components/figures/interval.tsx";
import { Streak } from "../../components/figures/streak.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { judgementsHref } from "../judgements/judgement-filter.ts";
import { useHasRole } from "../session/signed-in.tsx";

interface FigureRowProps {
  readonly project: ProjectView;
  readonly figures: ProjectFigures;
}

/** Counts stand bare, estimates carry their interval twice: as a streak with a dot, and in figures. */
export function FigureRow({ project, figures }: FigureRowProps): ReactNode {
  const t = useTranslations("projects.figures");
  const formats = useFormats();
  const importHref = useImportHref(project.id);
  return (
    <section
      aria-label={t("label")}
      className="grid gap-px overflow-hidden rounded-lg border border-line bg-line md:grid-cols-2 min-[76rem]:grid-cols-4"
    >
      <Done project={project} figures={figures} />
      <Figure
        title={t("pace")}
        value={figures.medianSeconds === null ? "–" : formats.duration(figures.medianSeconds)}
        unit={figures.medianSeconds === null ? "" : t("each")}
      >
        <span>{figures.medianSeconds === null ? t("noPace") : t("median")}</span>
        <FigureLink href={judgementsHref(project.id, { state: "counted", source: "person", hours: 1 })}>
          {t("lastHour", { count: figures.lastHour, people: figures.activeAnnotators })}
        </FigureLink>
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
            <FigureLink href={`/projects/${project.id}/quality`}>
              {t("agreementOn", { pairs: figures.agreement.pairs, of: figures.agreement.of })}
            </FigureLink>
          </>
        ) : (
          <span>{t("noAgreement")}</span>
        )}
      </Figure>
      <Figure title={t("stock")} value={formats.number(figures.prompts)}>
        <FigureLink href={importHref}>{t("answers", { count: figures.completions })}</FigureLink>
        <span>{t("tasks", { count: figures.tasks.total })}</span>
      </Figure>
    </section>
  );
}

/** How far it is; what came from elsewhere and what is missing stand apart. */
function Done({ project, figures }: FigureRowProps): ReactNode {
  const t = useTranslations("projects.figures");
  const formats = useFormats();
  const importHref = useImportHref(project.id);
  const { person, imported, simulated, surplus, leftOut } = figures.judgements;
  const { underway, waiting, closed } = figures.missing;
  const counted = person + imported + simulated;
  // Rounded down: what is not all done is never 100 %.
  const share = figures.wanted === 0 ? 0 : Math.floor((100 * counted) / figures.wanted) / 100;
  const judgements = (filter: JudgementFilter): string => judgementsHref(project.id, filter);
  return (
    <Figure title={t("done")} value={formats.share(share)}>
      <Streak value={share} label={t("done")} />
      <FigureLink href={judgements({ state: "counted" })}>
        {t("ofWanted", { done: formats.number(counted), wanted: formats.number(figures.wanted) })}
      </FigureLink>
      {imported > 0 ? (
        <FigureLink href={judgements({ state: "counted", source: "imported" })}>
          {t("imported", { count: imported })}
        </FigureLink>
      ) : null}
      {simulated > 0 ? (
        <FigureLink href={judgements({ state: "counted", source: "simulated" })}>
          {t("simulated", { count: simulated })}
        </FigureLink>
      ) : null}
      {surplus > 0 ? (
        <FigureLink href={judgements({ state: "surplus" })}>{t("surplus", { count: surplus })}</FigureLink>
      ) : null}
      {leftOut > 0 ? (
        <FigureLink href={`/projects/${project.id}/left-out`}>{t("leftOut", { count: leftOut })}</FigureLink>
      ) : null}
      {underway > 0 ? <span>{t("underway", { count: underway })}</span> : null}
      {waiting > 0 ? (
        <FigureLink href={project.state === "active" ? `/work/${project.id}` : undefined}>
          {t("waiting", { count: waiting })}
        </FigureLink>
      ) : null}
      {closed > 0 ? <FigureLink href={importHref}>{t("closed", { count: closed })}</FigureLink> : null}
    </Figure>
  );
}

/** The page of imports, for those who may see it. */
function useImportHref(projectId: string): string | undefined {
  return useHasRole("admin", "researcher") ? `/projects/${projectId}/import` : undefined;
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

/** Leads to what the figure counts, for those who may see it there. */
function FigureLink({
  href,
  children,
}: {
  readonly href: string | undefined;
  readonly children: ReactNode;
}): ReactNode {
  return href ? (
    <TextLink href={href} className="justify-self-start">
      {children}
    </TextLink>
  ) : (
    <span>{children}</span>
  );
}
