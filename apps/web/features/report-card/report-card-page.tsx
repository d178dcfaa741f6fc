"use client";
import { useQuery } from "@tanstack/react-query";
import type { LineageView, ReportCardView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Loading } from "../../components/loading.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { saveFile } from "../../components/save-file.ts";
import { TextLink } from "../../components/text-link.tsx";
import { lineageQuery } from "../models/model-queries.ts";
import { useModelName } from "../models/use-model-name.ts";
import { WorkspaceFrame } from "../shell/workspace-frame.tsx";
import { CardFigures } from "./card-figures.tsx";
import { reportCardQuery } from "./report-card-query.ts";

/** What a reward model is worth on labels it did not learn from: to read, to print, to download. */
export function ReportCardPage({ id }: { readonly id: string }): ReactNode {
  const t = useTranslations("reportCard");
  const models = useTranslations("models");
  const nameOf = useModelName();
  const lineage = useQuery(lineageQuery(id));
  const card = useQuery(reportCardQuery(id));
  const crumbs = [
    { label: models("title"), href: "/models" },
    { label: lineage.data ? nameOf(lineage.data.model) : "…", href: `/models/${id}` },
    { label: t("title"), href: `/models/${id}/card` },
  ];
  return (
    <WorkspaceFrame crumbs={crumbs}>
      <QueryView query={lineage}>
        {(of) => <QueryView query={card}>{(view) => <OnePage lineage={of} view={view} />}</QueryView>}
      </QueryView>
    </WorkspaceFrame>
  );
}

interface OnePageProps {
  readonly lineage: LineageView;
  readonly view: ReportCardView;
}

function OnePage({ lineage: { model, steps }, view: { card, missing, hindrance } }: OnePageProps): ReactNode {
  const t = useTranslations("reportCard");
  const nameOf = useModelName();
  const title = t("titleOf", { name: nameOf(model) });
  if (!card) {
    return (
      <>
        <PageHead title={title} />
        <NoCard missing={missing ?? "lost"} hindrance={hindrance} runId={steps[0]?.run?.id ?? null} />
      </>
    );
  }
  const download = () =>
    saveFile(`report-card-${model.sha256.slice(0, 8)}.json`, `${JSON.stringify(card, null, 2)}\n`, "application/json");
  return (
    <>
      <PageHead
        title={title}
        actions={
          <>
            <Button className="print:hidden" onClick={download}>
              {t("download")}
            </Button>
            <Button className="print:hidden" onClick={() => window.print()}>
              {t("print")}
            </Button>
          </>
        }
      />
      <CardFigures card={card} />
    </>
  );
}

interface NoCardProps {
  readonly missing: NonNullable<ReportCardView["missing"]>;
  readonly hindrance: ReportCardView["hindrance"];
  readonly runId: string | null;
}

/** Why there is none, and how to have one. */
function NoCard({ missing, hindrance, runId }: NoCardProps): ReactNode {
  const t = useTranslations("reportCard.missing");
  const cures = useTranslations("reportCard.cures");
  const hindrances = useTranslations("reportCard.hindrances");
  return (
    <Card>
      <div className="grid max-w-read gap-2">
        <p>{t(missing)}</p>
        {hindrance === null ? null : <p className="text-ink-2">{hindrances(hindrance)}</p>}
        {missing === "earlier" || missing === "lost" ? <p className="text-ink-2">{cures(missing)}</p> : null}
        {missing === "evaluating" ? <Loading /> : null}
        {missing !== "policy" && missing !== "evaluating" && runId !== null ? (
          <TextLink href={`/runs/${runId}`}>{t("run")}</TextLink>
        ) : null}
      </div>
    </Card>
  );
}
