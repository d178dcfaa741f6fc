import { useQuery } from "@tanstack/react-query";
import type { LineageView, ModelVersionView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Estimate } from "../../components/figures/interval.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { lineageQuery } from "../models/model-queries.ts";
import { useModelName } from "../models/use-model-name.ts";
import { accuracyOf, partsOf } from "./reward-facts.ts";

/** What every score on the page rests on. */
export function RewardBasis({ id }: { readonly id: string }): ReactNode {
  const lineage = useQuery(lineageQuery(id));
  return <QueryView query={lineage}>{(data) => <Basis lineage={data} />}</QueryView>;
}

function Basis({ lineage: { model, steps } }: { readonly lineage: LineageView }): ReactNode {
  const t = useTranslations("playground.reward");
  const nameOf = useModelName();
  const labels = steps[0]?.labelSet?.judgements;
  const parts = partsOf(steps[0]?.run?.spec);
  return (
    <div className="grid max-w-read gap-1 text-sm text-ink-2">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <TextLink href={`/models/${model.id}`}>{nameOf(model)}</TextLink>
        <span>{labels === undefined ? t("labelsUnknown") : t("labels", { count: labels })}</span>
        <Accuracy model={model} />
        <TextLink href={`/models/${model.id}/card`}>{t("card")}</TextLink>
      </p>
      <p>
        {parts === null ? t("partsUnknown") : t("parts", { parts: parts.map((part) => t(`part.${part}`)).join(" · ") })}
      </p>
      <p>{t("notCompared")}</p>
    </div>
  );
}

function Accuracy({ model }: { readonly model: ModelVersionView }): ReactNode {
  const t = useTranslations("playground.reward");
  const accuracy = accuracyOf(model.metrics);
  if (accuracy === null) return <span>{t("accuracyUnknown")}</span>;
  return (
    <span>
      {t("accuracy")}{" "}
      <span className="tabular-nums">
        <Estimate estimate={accuracy} as="share" />
      </span>
    </span>
  );
}
