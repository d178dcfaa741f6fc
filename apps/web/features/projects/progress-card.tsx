"use client";
import type { ProjectFigures } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Card } from "../../components/card.tsx";
import { Moment } from "../../components/moment.tsx";
import { useFormats } from "../../components/use-formats.ts";

/** How fast judgements come while somebody is at work, and when all that are wanted will be there. */
export function ProgressCard({ figures }: { readonly figures: ProjectFigures }): ReactNode {
  const t = useTranslations("projects.progress");
  const formats = useFormats();
  const left = figures.missing.underway + figures.missing.waiting;
  const { progress, wanted } = figures;
  if (wanted === 0) return null;
  return (
    <Card title={t("title")}>
      <dl className="grid grid-cols-1 gap-x-6 gap-y-3 sm:grid-cols-2">
        <Item
          term={t("throughput")}
          value={progress ? formats.number(progress.perActiveHour, progress.perActiveHour < 10 ? 1 : 0) : "–"}
        >
          <span>{progress ? t("hours", { count: progress.activeHours }) : t("nobody")}</span>
        </Item>
        <End left={left} end={progress?.end ?? null} />
      </dl>
    </Card>
  );
}

type EndOfWork = NonNullable<NonNullable<ProjectFigures["progress"]>["end"]>;

function End({ left, end }: { readonly left: number; readonly end: EndOfWork | null }): ReactNode {
  const t = useTranslations("projects.progress");
  if (left <= 0) return <Item term={t("end")} value={t("there")} />;
  if (!end) {
    return (
      <Item term={t("end")} value="–">
        <span>{t("notEnough")}</span>
      </Item>
    );
  }
  const as = end.unit === "day" ? "date" : "dateTime";
  return (
    <Item term={t("end")} value={<Moment at={end.value} as={as} />}>
      <span>
        {end.high === null
          ? t.rich("openInterval", { low: () => <Moment at={end.low} as={as} /> })
          : t.rich("interval", {
              low: () => <Moment at={end.low} as={as} />,
              high: () => <Moment at={end.high ?? end.value} as={as} />,
            })}
      </span>
      <span>{t(`method.${end.unit}`, { count: end.units })}</span>
    </Item>
  );
}

interface ItemProps {
  readonly term: string;
  readonly value: ReactNode;
  readonly children?: ReactNode;
}

function Item({ term, value, children }: ItemProps): ReactNode {
  return (
    <div className="grid content-start gap-1 text-xs text-ink-3">
      <dt>{term}</dt>
      <dd className="grid gap-1">
        <span className="text-lg font-medium text-ink tabular-nums">{value}</span>
        {children}
      </dd>
    </div>
  );
}
