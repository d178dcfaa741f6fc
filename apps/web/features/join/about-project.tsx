import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { GuidelineText } from "../workbench/views/guideline-text.tsx";
import { guidelineGlance } from "./guideline-glance.ts";
import type { JoinOffer } from "./join-query.ts";

/** What one would do, before one is asked to agree to it. */
export function AboutProject({ offer }: { readonly offer: JoinOffer }): ReactNode {
  const t = useTranslations("join.open");
  const { description, guideline } = offer;
  return (
    <>
      {description.trim() ? (
        <section className="grid gap-1">
          <h2>{t("about")}</h2>
          <p dir="auto" className="text-md leading-relaxed whitespace-pre-wrap text-ink-2 [overflow-wrap:anywhere]">
            {description}
          </p>
        </section>
      ) : null}
      {guideline.trim() ? (
        <section className="grid gap-1">
          <h2>{t("guideline")}</h2>
          <Guideline text={guideline} />
        </section>
      ) : null}
    </>
  );
}

function Guideline({ text }: { readonly text: string }): ReactNode {
  const t = useTranslations("join.open");
  const { shown, rest } = guidelineGlance(text, useLocale());
  return (
    <>
      <GuidelineText parts={shown} />
      {rest.length > 0 ? (
        <details>
          <summary className="cursor-pointer text-accent">{t("more")}</summary>
          <GuidelineText parts={rest} />
        </details>
      ) : null}
    </>
  );
}
