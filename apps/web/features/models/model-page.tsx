"use client";
import { useQuery } from "@tanstack/react-query";
import type { LineageView, ModelVersionView } from "@touchstone/contracts";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { DownloadLink } from "../../components/download-link.tsx";
import { Chip } from "../../components/figures/chip.tsx";
import { Moment } from "../../components/moment.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { compareHref } from "../compare/compare-address.ts";
import { ErasedNote } from "../erasure/erased-note.tsx";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import { nameOfRun } from "../runs/run-state.ts";
import { useHasRole } from "../session/signed-in.tsx";
import { WorkspaceFrame } from "../shell/workspace-frame.tsx";
import { ModelMetrics } from "./model-metrics.tsx";
import { lineageQuery, modelReviewQuery } from "./model-queries.ts";
import { ModelSentence } from "./model-sentence.tsx";
import { ManageModel } from "./review/manage-model.tsx";
import { ModelFiles } from "./review/model-files.tsx";
import { ModelHistory } from "./review/model-history.tsx";
import { ModelReview } from "./review/model-review.tsx";
import { useModelName } from "./use-model-name.ts";

interface ModelPageProps {
  readonly id: string;
  /** Of a model of the workspace: the project that it is asked about; it stands in the address. */
  readonly projectId?: string | undefined;
}

/** What a model can do, and which judgements it came from. */
export function ModelPage({ id, projectId }: ModelPageProps): ReactNode {
  const t = useTranslations("models");
  const nameOf = useModelName();
  const lineage = useQuery(lineageQuery(id));
  const crumbs = [
    { label: t("title"), href: "/models" },
    { label: lineage.data ? nameOf(lineage.data.model) : "…", href: `/models/${id}` },
  ];
  return (
    <WorkspaceFrame crumbs={crumbs}>
      <QueryView query={lineage}>{(data) => <Model lineage={data} projectId={projectId} />}</QueryView>
    </WorkspaceFrame>
  );
}

interface ModelProps {
  readonly lineage: LineageView;
  readonly projectId?: string | undefined;
}

function Model({ lineage, projectId }: ModelProps): ReactNode {
  const t = useTranslations("models");
  const card = useTranslations("reportCard");
  const playground = useTranslations("playground");
  const compare = useTranslations("compare");
  const formats = useFormats();
  const nameOf = useModelName();
  const { model, steps } = lineage;
  const router = useRouter();
  const review = useQuery(modelReviewQuery(model.id, projectId));
  const builds = useHasRole("admin", "researcher");
  // What it is held against stands beside it from the first; others are chosen there.
  const compared = [model.id, review.data?.against?.id ?? []].flat();
  const askAbout = (project: string): void =>
    router.replace(`/models/${model.id}?project=${project}`, { scroll: false });
  return (
    <>
      <PageHead
        title={nameOf(model)}
        chip={
          <>
            <Chip state={model.stage === "current" ? "ok" : "rest"}>{t(`stages.${model.stage}`)}</Chip>
            <span className="text-xs text-ink-3">{t(`kinds.${model.kind}`)}</span>
          </>
        }
        actions={
          <>
            {model.kind === "policy" && model.stage !== "archived" ? (
              <ButtonLink href={`/models/playground?model=${model.id}`}>{playground("talk")}</ButtonLink>
            ) : null}
            <ButtonLink href={compareHref({ models: compared })}>{compare("with")}</ButtonLink>
            <DownloadLink href={`/api/models/${model.id}/model-card`}>{t("card")}</DownloadLink>
          </>
        }
      />
      <QueryView query={review}>{(data) => <ModelReview review={data} onProject={askAbout} />}</QueryView>
      <p className="mb-3 max-w-read">
        <ModelSentence metrics={model.metrics} />
      </p>
      {model.kind === "reward" ? (
        <p className="mb-3">
          <TextLink href={`/models/${model.id}/card`}>{card("open")}</TextLink>
        </p>
      ) : null}
      {model.erased === null ? null : (
        <div className="mb-3">
          <ErasedNote of="model" erased={model.erased} />
        </div>
      )}
      <p className="mb-5 flex flex-wrap gap-x-4 text-xs text-ink-3">
        <span>{t("parameters", { count: formats.number(model.parameters) })}</span>
        <span>{formats.bytes(model.bytes)}</span>
        <span className="font-mono">{model.sha256.slice(0, 16)}</span>
      </p>
      <div className="grid gap-5 lg:grid-cols-2">
        <Card title={t("metrics")} className="self-start">
          <ModelMetrics metrics={model.metrics} />
        </Card>
        <Card title={t("lineage")} note={t("lineageNote")} className="self-start">
          <ol className="grid gap-4">
            {steps.map((step) => (
              <Step key={step.model.id} step={step} />
            ))}
          </ol>
        </Card>
        {review.data ? (
          <>
            {review.data.project === null ? null : (
              <Card title={t("history.title")} note={review.data.project.name} className="self-start">
                <ModelHistory history={review.data.history} />
              </Card>
            )}
            <Card title={t("files.title")} note={t("files.note")} className="self-start">
              <ModelFiles review={review.data} />
            </Card>
          </>
        ) : null}
        {builds ? (
          <Card title={t("manage.title")} className="self-start">
            <UnlessArchived projectId={model.projectId}>
              <ManageModel model={model} />
            </UnlessArchived>
          </Card>
        ) : null}
      </div>
    </>
  );
}

function Step({ step }: { readonly step: LineageView["steps"][number] }): ReactNode {
  const t = useTranslations("models");
  const kinds = useTranslations("runs.kinds");
  const nameOf = useModelName();
  const { model, relation, run, labelSet } = step;
  return (
    <li className="grid gap-0.5 border-l-2 border-line pl-3">
      <span className="text-xs text-ink-3">{t(`relations.${relation}`)}</span>
      <TextLink href={`/models/${model.id}`}>{nameOf(model)}</TextLink>
      <span className="flex flex-wrap gap-x-4 text-xs">
        {run ? (
          <TextLink href={`/runs/${run.id}`}>
            {t("byRun", { name: `#${run.number} ${nameOfRun(run, kinds)}` })}
          </TextLink>
        ) : (
          <MadeElsewhere origin={model.deletedOrigin} />
        )}
        {labelSet ? (
          <TextLink href={`/label-sets/${labelSet.id}`}>{t("fromLabels", { count: labelSet.judgements })}</TextLink>
        ) : null}
        {labelSet && labelSet.deleted > 0 ? (
          <span className="text-ink-3">{t("labelsDeleted", { count: labelSet.deleted })}</span>
        ) : null}
        {labelSet?.includesSimulated ? <Chip state="attention">{t("simulated")}</Chip> : null}
      </span>
    </li>
  );
}

/** Where there is no run to open: the project that it was of is deleted, or the model was brought from outside. */
function MadeElsewhere({ origin }: { readonly origin: ModelVersionView["deletedOrigin"] }): ReactNode {
  const t = useTranslations("models");
  if (origin === null) return <span className="text-ink-3">{t("noRun")}</span>;
  const { project, labelSet, deletedAt } = origin;
  return (
    <span className="text-ink-2">
      {labelSet === null
        ? t("originDeleted", { project })
        : t("labelsOfDeleted", { project, count: labelSet.judgements, hash: labelSet.sha256.slice(0, 16) })}{" "}
      <Moment at={deletedAt} as="date" />
    </span>
  );
}
