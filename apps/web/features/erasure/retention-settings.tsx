"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ProjectView, Retention, RetentionQuery, type RetentionView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Field, Input } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { useSchemaForm } from "../../components/forms/use-schema-form.ts";
import { QueryView } from "../../components/query-view.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { retentionQuery } from "./erasure-queries.ts";

/** How long a project keeps what is of people; what that would erase now is said before it is saved. */
export function RetentionSettings({ project }: { readonly project: ProjectView }): ReactNode {
  const t = useTranslations("erasure.retention");
  const holds = useQuery(retentionQuery(project.id));
  return (
    <Card title={t("title")}>
      <QueryView query={holds}>{(view) => <RetentionForm projectId={project.id} holds={view} />}</QueryView>
    </Card>
  );
}

interface RetentionFormProps {
  readonly projectId: string;
  readonly holds: RetentionView;
}

/** As it is typed: nothing is no number. */
const daysOf = (typed: string): number | null => (typed.trim() === "" ? null : Number(typed));
const typedOf = (days: number | null): string => (days === null ? "" : String(days));

function RetentionForm({ projectId, holds }: RetentionFormProps): ReactNode {
  const t = useTranslations("erasure.retention");
  const client = useQueryClient();
  const [identity, setIdentity] = useState(typedOf(holds.identityDays));
  const [archived, setArchived] = useState(typedOf(holds.archivedDays));
  const [saved, setSaved] = useState(false);
  const form = useSchemaForm({
    schema: Retention,
    send: (body) => api.changeRetention({ params: { id: projectId }, body }),
    onDone: (changed) => {
      client.setQueryData(retentionQuery(projectId).queryKey, changed);
      setSaved(true);
    },
  });
  const wanted = RetentionQuery.safeParse({
    ...(identity.trim() === "" ? {} : { identityDays: identity }),
    ...(archived.trim() === "" ? {} : { archivedDays: archived }),
  }).data;
  const isEmpty = identity.trim() === "" && archived.trim() === "";
  const preview = useQuery({ ...retentionQuery(projectId, wanted), enabled: wanted !== undefined && !isEmpty }).data;
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        setSaved(false);
        form.submit({ identityDays: daysOf(identity), archivedDays: daysOf(archived) });
      }}
    >
      <p className="text-sm text-ink-2">{t("effect")}</p>
      <Days
        label={t("identityDays")}
        hint={t("identityHint")}
        error={form.errors.identityDays}
        value={identity}
        onChange={setIdentity}
      />
      <Days
        label={t("archivedDays")}
        hint={t("archivedHint")}
        error={form.errors.archivedDays}
        value={archived}
        onChange={setArchived}
      />
      <div role="status" className="grid gap-1 text-sm text-ink-2">
        {!isEmpty && preview ? <Due due={preview.due} /> : null}
        <InForce from={holds.from} />
      </div>
      <FormProblem problem={form.problem} />
      <div className="flex items-center gap-3">
        <Button type="submit" pending={form.pending}>
          {t("save")}
        </Button>
        <span role="status" className="text-sm text-ink-2">
          {saved && !form.pending ? t("saved") : ""}
        </span>
      </div>
    </form>
  );
}

interface DaysProps {
  readonly label: string;
  readonly hint: string;
  readonly error: Parameters<typeof Field>[0]["error"];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

function Days({ label, hint, error, value, onChange }: DaysProps): ReactNode {
  return (
    <Field label={label} hint={hint} error={error}>
      <Input
        type="number"
        min={1}
        max={36_500}
        className="w-28"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}

function Due({ due }: Pick<RetentionView, "due">): ReactNode {
  const t = useTranslations("erasure.retention");
  const formats = useFormats();
  const { identity, people, waiting, judgements, madeBefore } = due;
  return (
    <>
      {identity > 0 && madeBefore !== null ? (
        <p>{t("dueIdentity", { count: identity, people, at: formats.date(madeBefore) })}</p>
      ) : null}
      {waiting > 0 ? <p>{t("waiting", { count: waiting })}</p> : null}
      {judgements > 0 ? <p>{t("dueJudgements", { count: judgements })}</p> : null}
      {identity + judgements === 0 ? <p>{t("dueNothing")}</p> : null}
    </>
  );
}

/** Said before it first acts, and since when it does. */
function InForce({ from }: { readonly from: string | null }): ReactNode {
  const t = useTranslations("erasure.retention");
  const formats = useFormats();
  if (from === null) return null;
  const isAhead = Date.parse(from) > Date.now();
  return <p>{t(isAhead ? "from" : "acts", { at: formats.dateTime(from) })}</p>;
}
