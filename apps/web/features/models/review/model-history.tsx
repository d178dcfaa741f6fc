"use client";
import type { PromotionView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Moment } from "../../../components/moment.tsx";
import { TextLink } from "../../../components/text-link.tsx";
import { codeOfModel } from "../model-name.ts";

/** Which models of this kind the project used, newest first, with who decided it and why. */
export function ModelHistory({ history }: { readonly history: readonly PromotionView[] }): ReactNode {
  const t = useTranslations("models.history");
  if (history.length === 0) return <p className="text-ink-3">{t("none")}</p>;
  return (
    <ol className="grid gap-3">
      {history.map(({ id, model, at, by, cause, back, reason }) => (
        <li key={id} className="grid gap-0.5 border-l-2 border-line pl-3">
          <span className="flex flex-wrap items-baseline gap-x-3">
            <TextLink href={`/models/${model.id}`}>{codeOfModel(model)}</TextLink>
            <span className="text-xs text-ink-3">
              <Moment at={at} /> · {t(back ? "back" : `causes.${cause}`, { by: by ?? t("unknown") })}
            </span>
          </span>
          {reason === "" ? null : <span className="text-ink-2 [overflow-wrap:anywhere]">{reason}</span>}
        </li>
      ))}
    </ol>
  );
}
