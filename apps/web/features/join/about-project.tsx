import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { GuidelineText } from "../workbench/views/guideline-text.tsx";
import type { JoinOffer } from "./join-query.ts";

/** About as much as is read at a glance; the rest of a long guideline unfolds. */
const shortGuideline = 600;

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
  if (text.length <= shortGuideline) return <GuidelineText parts={[text]} />;
  // Cut between paragraphs, so that Markdown stays whole; a first paragraph longer than that is shown whole.
  const cut = Math.max(text.lastIndexOf("\n\n", shortGuideline), 0) || text.indexOf("\n\n", shortGuideline);
  if (cut < 0) return <GuidelineText parts={[text]} />;
  return (
    <>
      <GuidelineText parts={[text.slice(0, cut)]} />
      <details>
        <summary className="cursor-pointer text-accent">{t("more")}</summary>
        <GuidelineText parts={[text.slice(cut)]} />
      </details>
    </>
  );
}
