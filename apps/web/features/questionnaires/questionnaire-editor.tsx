"use client";
import type { Question } from "@touchstone/contracts";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { Button } from "../../components/button.tsx";
import { FaultText, Field, Input } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { askable } from "./form/form-faults.ts";
import { FromFile } from "./form/from-file.tsx";
import { LeaveDialog } from "./form/leave-dialog.tsx";
import { QuestionList } from "./form/question-list.tsx";
import { useQuestionnaireForm } from "./form/use-questionnaire-form.ts";
import type { FormStart } from "./start-of.ts";

interface QuestionnaireEditorProps {
  readonly projectId: string;
  readonly start: FormStart;
  /** The newest version that there is now, which may be later than the one that the form goes on from. */
  readonly newest: number;
  readonly onTry: (questions: readonly Question[]) => void;
}

/** The form of a questionnaire, with a way to try it and the one button that saves it. */
export function QuestionnaireEditor(props: QuestionnaireEditorProps): ReactNode {
  const { projectId, newest, onTry } = props;
  const t = useTranslations("questionnaires.form");
  const router = useRouter();
  // As it was opened: what others save meanwhile must stand in the way and not slip below what is written here.
  const [start] = useState(props.start);
  const form = useQuestionnaireForm({
    projectId,
    start,
    onSaved: ({ name }) => router.push(`/projects/${projectId}/questions?saved=${name}`),
  });
  const { written, basedOn, faults } = form;
  const count = Object.keys(faults).length;
  const isNew = basedOn === 0;
  const tryIt = (): void => {
    const questions = askable(written);
    if (questions) onTry(questions);
    else form.tell();
  };
  return (
    <>
      <PageHead title={isNew ? t("title") : t("titleOf", { name: written.name })} />
      <form
        noValidate
        className="grid max-w-read grid-cols-1 gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          form.save();
        }}
      >
        {form.restored ? (
          <p role="status" className="flex flex-wrap items-center gap-2 text-ink-2">
            {t("restored")} <Button onClick={form.startOver}>{t("startOver")}</Button>
          </p>
        ) : null}
        {isNew ? (
          <Field label={t("name")} hint={t("nameHint")} error={faults.name}>
            <Input
              value={written.name}
              autoFocus
              autoCapitalize="off"
              spellCheck={false}
              onChange={(event) => form.change({ ...written, name: event.target.value })}
            />
          </Field>
        ) : null}
        {isNew ? <FromFile onRead={form.replace} /> : null}
        <QuestionList
          key={form.generation}
          entries={written.entries}
          errors={faults}
          onChange={(entries) => form.change({ ...written, entries })}
        />
        <FaultText error={faults.questions} />
        <FormProblem problem={form.problem} />
        {form.overtaken ? (
          <div className="flex flex-wrap items-center gap-3">
            <TextLink href={`/projects/${projectId}/questions`} target="_blank">
              {t("look")}
            </TextLink>
            <Button pending={form.pending} onClick={() => form.save(newest)}>
              {t("saveAnyway", { version: newest + 1 })}
            </Button>
          </div>
        ) : null}
        <p role="status" className="text-xs text-warn empty:sr-only">
          {count > 0 ? t("faults", { count }) : ""}
        </p>
        <div className="flex flex-wrap items-center gap-2">
          <Button type="submit" variant="primary" pending={form.pending} className="px-5">
            {t("save", { version: basedOn + 1 })}
          </Button>
          <Button onClick={tryIt}>{t("tryIt")}</Button>
          <span className="text-xs text-ink-3">{t("tryHint")}</span>
        </div>
      </form>
      <LeaveDialog unsaved={form.dirty} />
    </>
  );
}
