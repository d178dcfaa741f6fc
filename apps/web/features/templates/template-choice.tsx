"use client";
import { useQuery } from "@tanstack/react-query";
import type { TemplateView } from "@touchstone/contracts";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { templatesQuery } from "./template-queries.ts";

interface TemplateChoiceProps {
  /** Null: none, the project begins empty. */
  readonly chosen: TemplateView | null;
  readonly onChoose: (template: TemplateView | null) => void;
}

/** Uses that a project can begin with, as cards of one group: arrow keys go through them. */
export function TemplateChoice({ chosen, onChoose }: TemplateChoiceProps): ReactNode {
  const t = useTranslations("projects.templates");
  const kinds = useTranslations("projects.asks");
  const templates = useQuery(templatesQuery(useLocale())).data?.items ?? [];
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-1 font-medium">{t("label")}</legend>
      <div className="grid grid-cols-1 gap-2 sm:grid-cols-2 lg:grid-cols-3">
        <TemplateCard
          title={t("empty.title")}
          about={t("empty.about")}
          checked={chosen === null}
          onCheck={() => onChoose(null)}
        />
        {templates.map((template) => (
          <TemplateCard
            key={template.name}
            title={t(`${template.name}.title`)}
            about={t(`${template.name}.about`)}
            asks={[...new Set(template.questions.map(({ kind }) => kinds(kind)))].join(" · ")}
            checked={chosen?.name === template.name}
            onCheck={() => onChoose(template)}
          />
        ))}
      </div>
    </fieldset>
  );
}

interface TemplateCardProps {
  readonly title: string;
  readonly about: string;
  /** The kinds of its questions. */
  readonly asks?: string;
  readonly checked: boolean;
  readonly onCheck: () => void;
}

function TemplateCard({ title, about, asks, checked, onCheck }: TemplateCardProps): ReactNode {
  return (
    <label className="flex cursor-pointer items-start gap-2.5 rounded-lg border border-line bg-surface p-3 hover:border-line-strong has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent">
      <input
        type="radio"
        name="template"
        checked={checked}
        onChange={onCheck}
        className="mt-1 size-4 flex-none accent-(--accent)"
      />
      <span className="grid min-w-0 gap-0.5">
        <span className="font-medium">{title}</span>
        <span className="text-xs text-ink-2">{about}</span>
        {asks ? <span className="text-xs text-ink-3">{asks}</span> : null}
      </span>
    </label>
  );
}
