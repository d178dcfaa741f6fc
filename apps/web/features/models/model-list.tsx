"use client";
import { useQuery } from "@tanstack/react-query";
import type { ModelVersionView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Chip } from "../../components/figures/chip.tsx";
import { Moment } from "../../components/moment.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { type Column, Table } from "../../components/table.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { CompareBar, useCompareChoice } from "../compare/compare-choice.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { WorkspaceFrame } from "../shell/workspace-frame.tsx";
import { modelsQuery } from "./model-queries.ts";
import { ModelResult } from "./model-result.tsx";
import { useModelName } from "./use-model-name.ts";

export function ModelList(): ReactNode {
  const t = useTranslations("models");
  const endpoints = useTranslations("endpoints");
  const playground = useTranslations("playground");
  const builds = useHasRole("admin", "researcher");
  const models = useQuery(modelsQuery());
  return (
    <WorkspaceFrame crumbs={[{ label: t("title"), href: "/models" }]}>
      <PageHead
        title={t("title")}
        actions={
          <>
            <TextLink href="/models/playground">{playground("open")}</TextLink>
            <TextLink href="/models/endpoints">{endpoints("open")}</TextLink>
            {builds ? <ButtonLink href="/models/bring">{t("bring.title")}</ButtonLink> : null}
          </>
        }
      />
      <QueryView query={models}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t("empty.title")}>{t("empty.body")}</EmptyState>
          ) : (
            <ModelTable models={items} />
          )
        }
      </QueryView>
    </WorkspaceFrame>
  );
}

function ModelTable({ models }: { readonly models: readonly ModelVersionView[] }): ReactNode {
  const t = useTranslations("models");
  const formats = useFormats();
  const nameOf = useModelName();
  const choice = useCompareChoice(nameOf);
  const columns: Column<ModelVersionView>[] = [
    choice.column,
    {
      id: "name",
      header: t("columns.name"),
      cell: (model) => (
        <span className="flex items-center gap-3">
          <TextLink href={`/models/${model.id}`}>{nameOf(model)}</TextLink>
          {model.practice ? <Chip state="rest">{t("practice")}</Chip> : null}
        </span>
      ),
    },
    {
      id: "stage",
      header: t("columns.stage"),
      cell: (model) => <Chip state={model.stage === "current" ? "ok" : "rest"}>{t(`stages.${model.stage}`)}</Chip>,
    },
    { id: "kind", header: t("columns.kind"), cell: (model) => t(`kinds.${model.kind}`) },
    {
      id: "size",
      header: t("columns.parameters"),
      numeric: true,
      wide: true,
      cell: (model) => formats.number(model.parameters),
    },
    { id: "result", header: t("result"), numeric: true, cell: (model) => <ModelResult metrics={model.metrics} /> },
    { id: "at", header: t("columns.at"), numeric: true, wide: true, cell: (model) => <Moment at={model.createdAt} /> },
  ];
  return (
    <div className="rounded-lg border border-line bg-surface">
      <Table label={t("title")} columns={columns} rows={models} rowKey={(model) => model.id} />
      {models.length > 1 ? <CompareBar choice={choice} of="models" /> : null}
    </div>
  );
}
