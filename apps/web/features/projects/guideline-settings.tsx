"use client";
import { useQuery } from "@tanstack/react-query";
import type { ProjectView } from "@touchstone/contracts";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Checkbox } from "../../components/forms/checkbox.tsx";
import { Field, Select, Textarea } from "../../components/forms/field.tsx";
import { GuidelineReaders } from "../guidance/guideline-readers.tsx";
import { guidelineParts } from "../workbench/text/guideline-parts.ts";
import { GuidelineText } from "../workbench/views/guideline-text.tsx";
import { guidelinesQuery } from "./project-queries.ts";
import { SettingsGroup, useSettingsForm } from "./settings-group.tsx";

/** The guideline as it is written and as it is read. An old version, once chosen and saved, is the newest again. */
export function GuidelineSettings({ project }: { readonly project: ProjectView }): ReactNode {
  const t = useTranslations("projects");
  const locale = useLocale();
  const form = useSettingsForm(project);
  const reading = useTranslations("guidance.settings");
  const [text, setText] = useState(project.guideline.text);
  const [mustRead, setMustRead] = useState(true);
  const isNew = text !== project.guideline.text && text.trim() !== "";
  const versions = useQuery(guidelinesQuery(project.id)).data?.items ?? [project.guideline];
  const shown = versions.find((one) => one.text === text);
  const open = (version: string) => {
    const chosen = versions.find((one) => String(one.version) === version);
    if (chosen) setText(chosen.text);
  };
  return (
    <SettingsGroup title={t("fields.guideline")} form={form} onSave={() => form.submit({ guideline: text, mustRead })}>
      <Field label={t("settings.version")} hint={t("settings.versionHint")}>
        <Select value={shown ? String(shown.version) : ""} onChange={(event) => open(event.target.value)}>
          {shown ? null : <option value="">{t("settings.unsaved")}</option>}
          {versions.map(({ version }) => (
            <option key={version} value={version}>
              {t(version === project.guideline.version ? "settings.inForce" : "settings.former", { version })}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t("fields.guideline")} hint={t("fields.guidelineHint")} error={form.errors.guideline}>
        <Textarea rows={10} value={text} onChange={(event) => setText(event.target.value)} />
      </Field>
      {isNew ? (
        <div className="grid">
          <Checkbox checked={mustRead} onChange={(event) => setMustRead(event.currentTarget.checked)}>
            {reading("mustRead")}
          </Checkbox>
          <p className="text-xs text-ink-3">{reading("mustReadHint")}</p>
        </div>
      ) : null}
      <section aria-label={t("settings.preview")} className="grid gap-2 border-t border-line pt-3">
        <p className="text-sm text-ink-3">{t("settings.preview")}</p>
        <GuidelineText parts={guidelineParts(text, locale)} />
      </section>
      <GuidelineReaders projectId={project.id} />
    </SettingsGroup>
  );
}
