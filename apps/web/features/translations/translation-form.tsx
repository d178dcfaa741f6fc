"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ProjectView, TranslationDraft, type TranslationView } from "@touchstone/contracts";
import { useLocale, useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { useSchemaForm } from "../../components/forms/use-schema-form.ts";
import { languageName } from "./language-name.ts";
import { RemoveLanguage } from "./remove-language.tsx";
import { SideBySide } from "./side-by-side.tsx";
import { translationsQuery } from "./translation-queries.ts";
import { wordsOf, wordsOfBefore } from "./words-of.ts";

interface TranslationFormProps {
  readonly project: ProjectView;
  readonly language: string;
  /** Null before it is saved the first time. */
  readonly translation: TranslationView | null;
  readonly onRemoved: () => void;
}

/** Each text of a project beside its translation; what is left empty is shown in the project's own language. */
export function TranslationForm({ project, language, translation, onRemoved }: TranslationFormProps): ReactNode {
  const t = useTranslations("projects.languages");
  const fields = useTranslations("projects.fields");
  const locale = useLocale();
  const client = useQueryClient();
  const [saved, setSaved] = useState(false);
  const [removing, setRemoving] = useState(false);
  const { queryKey } = translationsQuery(project.id);
  const form = useSchemaForm({
    schema: TranslationDraft,
    send: (body) => api.writeTranslation({ params: { id: project.id }, body }),
    onDone: (list) => {
      client.setQueryData(queryKey, list);
      setSaved(true);
    },
  });
  const remove = useMutation({
    mutationFn: () => api.removeTranslation({ params: { id: project.id, language } }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey });
      onRemoved();
    },
  });
  const asked = wordsOf(project.questionnaires);
  const before = wordsOfBefore(translation?.words ?? [], asked);
  const { version } = project.guideline;
  const isOutdated = translation?.guideline != null && translation.guideline.version < version;
  const send = (data: FormData) => {
    setSaved(false);
    const text = String(data.get("guideline")).trim();
    const words = asked.flatMap((of, index) => {
      const says = String(data.get(`word-${index}`)).trim();
      return says === "" ? [] : [{ of, says }];
    });
    form.submit({
      language,
      name: String(data.get("name")).trim(),
      description: String(data.get("description")).trim(),
      guideline: text === "" ? null : { version, text },
      words: [...words, ...before],
    });
  };
  const says = (of: string) => translation?.words.find((word) => word.of === of)?.says ?? "";
  const inOther = languageName(language, locale);
  return (
    <form
      noValidate
      aria-label={inOther}
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        send(new FormData(event.currentTarget));
      }}
    >
      <SideBySide
        own={project.name}
        label={fields("name")}
        language={language}
        name="name"
        error={form.errors.name}
        value={translation?.name ?? ""}
      />
      <SideBySide
        own={project.description}
        label={fields("description")}
        language={language}
        name="description"
        error={form.errors.description}
        value={translation?.description ?? ""}
      />
      <SideBySide
        own={project.guideline.text}
        label={t("guideline", { version })}
        hint={
          isOutdated ? t("outdated", { version: translation?.guideline?.version ?? 0, newest: version }) : undefined
        }
        language={language}
        name="guideline"
        error={form.errors["guideline.text"]}
        value={translation?.guideline?.text ?? ""}
        long
      />
      {asked.length > 0 ? (
        <fieldset className="grid min-w-0 gap-3">
          <legend className="mb-1 text-lg">{t("words")}</legend>
          <p className="max-w-read text-xs text-ink-3">{t("wordsNote")}</p>
          {asked.map((of, index) => (
            <SideBySide
              key={of}
              own={of}
              label={of}
              hidesLabel
              language={language}
              name={`word-${index}`}
              error={form.errors[`words.${index}.says`]}
              value={says(of)}
            />
          ))}
        </fieldset>
      ) : null}
      {before.length > 0 ? <p className="text-xs text-ink-3">{t("wordsOfBefore", { count: before.length })}</p> : null}
      <FormProblem problem={form.problem} />
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" variant="primary" pending={form.pending} className="px-5">
          {t("save")}
        </Button>
        {translation ? (
          <Button variant="danger" onClick={() => setRemoving(true)}>
            {t("remove")}
          </Button>
        ) : null}
        <span role="status" className="text-sm text-ink-2">
          {saved && !form.pending ? t("saved") : ""}
        </span>
      </div>
      {removing ? (
        <RemoveLanguage
          language={inOther}
          pending={remove.isPending}
          problem={remove.error}
          onConfirm={() => remove.mutate()}
          onCancel={() => setRemoving(false)}
        />
      ) : null}
    </form>
  );
}
