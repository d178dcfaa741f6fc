"use client";
import { useQueryClient } from "@tanstack/react-query";
import { Preset, ScheduleDraft } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Field, Input, Select } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { useSchemaForm } from "../../components/forms/use-schema-form.ts";
import { schedulesQuery } from "./schedule-queries.ts";

export function NewSchedule({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("schedules");
  const round = useTranslations("runs.round");
  const client = useQueryClient();
  const [kind, setKind] = useState<"judgements" | "cron">("judgements");
  const form = useSchemaForm({
    schema: ScheduleDraft,
    send: (body) => api.createSchedule({ params: { id: projectId }, body }),
    onDone: () => void client.invalidateQueries({ queryKey: schedulesQuery(projectId).queryKey }),
  });
  const send = (data: FormData) =>
    form.submit({
      preset: data.get("preset"),
      scope: data.get("scope"),
      trigger: kind === "cron" ? { kind, pattern: data.get("pattern") } : { kind, every: Number(data.get("every")) },
    });
  return (
    <form
      noValidate
      className="grid gap-3 pt-4 sm:grid-cols-2"
      onSubmit={(event) => {
        event.preventDefault();
        send(new FormData(event.currentTarget));
      }}
    >
      <Field label={t("when")}>
        <Select value={kind} onChange={(event) => setKind(event.target.value === "cron" ? "cron" : "judgements")}>
          <option value="judgements">{t("afterJudgements")}</option>
          <option value="cron">{t("atTimes")}</option>
        </Select>
      </Field>
      {kind === "judgements" ? (
        <Field label={t("every")} error={form.errors["trigger.every"]}>
          <Input name="every" type="number" min={1} defaultValue={200} />
        </Field>
      ) : (
        <Field label={t("pattern")} hint={t("patternHint")} error={form.errors["trigger.pattern"]}>
          <Input name="pattern" defaultValue="0 3 * * *" className="font-mono" />
        </Field>
      )}
      <Field label={round("preset")}>
        <Select name="preset" defaultValue="preference">
          {Preset.options.map((preset) => (
            <option key={preset} value={preset}>
              {round(`presets.${preset}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t("scope")}>
        <Select name="scope" defaultValue="reward">
          <option value="reward">{t("scopes.reward")}</option>
          <option value="round">{t("scopes.round")}</option>
        </Select>
      </Field>
      <div className="grid justify-items-start gap-2 sm:col-span-2">
        <FormProblem problem={form.problem} />
        <Button type="submit" pending={form.pending}>
          {t("add")}
        </Button>
      </div>
    </form>
  );
}
