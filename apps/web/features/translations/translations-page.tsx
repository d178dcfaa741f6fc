"use client";
import { useQuery } from "@tanstack/react-query";
import { LanguageTag, type ProjectView, type TranslationList } from "@touchstone/contracts";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Field, Select } from "../../components/forms/field.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { ProjectFrame } from "../projects/project-frame.tsx";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { LanguageInput } from "./language-field.tsx";
import { languageName } from "./language-name.ts";
import { TranslationForm } from "./translation-form.tsx";
import { translationsQuery } from "./translation-queries.ts";

/** A project's texts side by side with those in another language. */
export function TranslationsPage({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("projects.languages");
  const settings = useTranslations("projects.settings");
  const admin = useHasRole("admin");
  const translations = useQuery({ ...translationsQuery(projectId), enabled: admin });
  return (
    <ProjectFrame id={projectId} crumb={{ label: t("title"), href: `/projects/${projectId}/settings/languages` }}>
      {(project) => (
        <>
          <PageHead title={t("title")} />
          {admin ? (
            <UnlessArchived projectId={projectId}>
              <QueryView query={translations}>{(list) => <Languages project={project} list={list} />}</QueryView>
            </UnlessArchived>
          ) : (
            <EmptyState title={settings("refused.title")}>{settings("refused.body")}</EmptyState>
          )}
        </>
      )}
    </ProjectFrame>
  );
}

interface LanguagesProps {
  readonly project: ProjectView;
  readonly list: TranslationList;
}

function Languages({ project, list }: LanguagesProps): ReactNode {
  const t = useTranslations("projects.languages");
  const locale = useLocale();
  // One that is being begun is not in the list yet.
  const [chosen, setChosen] = useState<string | null>(list.items[0]?.language ?? null);
  const known = list.items.map(({ language }) => language);
  const begun = chosen !== null && !known.includes(chosen) ? [chosen] : [];
  return (
    <div className="grid gap-6">
      <p className="max-w-read text-ink-2">{t("note")}</p>
      <div className="flex flex-wrap items-end gap-x-8 gap-y-4">
        {known.length + begun.length > 0 ? (
          <Field label={t("language")}>
            <Select value={chosen ?? ""} onChange={(event) => setChosen(event.target.value)} className="w-64">
              {[...known, ...begun].map((language) => (
                <option key={language} value={language}>
                  {languageName(language, locale)}
                </option>
              ))}
            </Select>
          </Field>
        ) : null}
        <AddLanguage onAdd={setChosen} />
      </div>
      {chosen === null ? null : (
        <TranslationForm
          // Another language is another form: nothing written for the one before stays.
          key={chosen}
          project={project}
          language={chosen}
          translation={list.items.find(({ language }) => language === chosen) ?? null}
          onRemoved={() => setChosen(known.find((language) => language !== chosen) ?? null)}
        />
      )}
    </div>
  );
}

function AddLanguage({ onAdd }: { readonly onAdd: (language: string) => void }): ReactNode {
  const t = useTranslations("projects.languages");
  const [refused, setRefused] = useState(false);
  return (
    <form
      noValidate
      className="flex flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const tag = LanguageTag.safeParse(String(new FormData(form).get("tag")).trim());
        setRefused(!tag.success);
        if (!tag.success) return;
        onAdd(tag.data);
        form.reset();
      }}
    >
      <Field label={t("add")} error={refused ? { key: "languageTag" } : undefined}>
        <LanguageInput name="tag" />
      </Field>
      <Button type="submit">{t("begin")}</Button>
    </form>
  );
}
