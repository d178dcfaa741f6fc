"use client";
import type { ModelReviewView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useFormats } from "../../../components/use-formats.ts";
import { useModelName } from "../use-model-name.ts";

/** What the project uses now, since when, and who decided it. */
export function ModelUse({ review: { model, inUse, project } }: { readonly review: ModelReviewView }): ReactNode {
  const t = useTranslations("models.review.use");
  const formats = useFormats();
  const nameOf = useModelName();
  if (project === null) return null;
  if (inUse === null) return <p className="text-ink-2">{t(`none.${model.kind}`, { project: project.name })}</p>;
  const { promotion } = inUse;
  const own = inUse.model.id === model.id;
  if (promotion === null)
    return (
      <p className="max-w-read text-ink-2">
        {own ? t("ownByDefault", { project: project.name }) : t("otherByDefault", { name: nameOf(inUse.model) })}
      </p>
    );
  const since = formats.dateTime(promotion.at);
  return (
    <p className="max-w-read text-ink-2">
      {own
        ? t("own", { project: project.name, since })
        : t("other", { project: project.name, name: nameOf(inUse.model), since })}
      {promotion.reason === "" ? null : <> {t("because", { reason: promotion.reason })}</>}
    </p>
  );
}
