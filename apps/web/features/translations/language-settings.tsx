"use client";
import { useQuery } from "@tanstack/react-query";
import type { ProjectView } from "@touchstone/contracts";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Field } from "../../components/forms/field.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { SettingsGroup, useSettingsForm } from "../projects/settings-group.tsx";
import { LanguageInput } from "./language-field.tsx";
import { languageName } from "./language-name.ts";
import { translationsQuery } from "./translation-queries.ts";

/** What the project's own texts are written in, and the way to those in other languages. */
export function LanguageSettings({ project }: { readonly project: ProjectView }): ReactNode {
  const t = useTranslations("projects.languages");
  const locale = useLocale();
  const form = useSettingsForm(project);
  const items = useQuery(translationsQuery(project.id)).data?.items ?? [];
  const save = (data: FormData) => {
    const said = String(data.get("language")).trim();
    form.submit({ language: said === "" ? null : said });
  };
  return (
    <SettingsGroup title={t("title")} form={form} onSave={save}>
      <Field label={t("own")} hint={t("ownHint")} error={form.errors.language}>
        <LanguageInput name="language" defaultValue={project.language ?? ""} />
      </Field>
      <p className="text-ink-2">
        {items.length === 0
          ? t("none")
          : t("also", { languages: items.map(({ language }) => languageName(language, locale)).join(", ") })}{" "}
        <TextLink href={`/projects/${project.id}/settings/languages`}>{t("edit")}</TextLink>
      </p>
    </SettingsGroup>
  );
}
