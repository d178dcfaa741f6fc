"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { BatchChange, type BatchState, type BatchView, type ProjectView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Field, Input } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { localMoment, momentOf } from "../../components/forms/local-moment.ts";
import { useSchemaForm } from "../../components/forms/use-schema-form.ts";
import { Dialog } from "../../components/overlays/dialog.tsx";
import { Confirm } from "../people/confirm.tsx";
import { batchesQuery } from "./batches-query.ts";

interface BatchProps {
  readonly project: ProjectView;
  readonly batch: BatchView;
}

const nextStates = { open: ["paused", "ended"], paused: ["open", "ended"], ended: ["open"] } as const;

/** What becomes of a batch; what it does is said before it is done. */
export function BatchCommands({ project, batch }: BatchProps): ReactNode {
  const t = useTranslations("batches");
  const [edits, setEdits] = useState(false);
  const [wanted, setWanted] = useState<BatchState | null>(null);
  const client = useQueryClient();
  const { queryKey } = batchesQuery(project.id);
  const turn = useMutation({
    mutationFn: (state: BatchState) =>
      api.changeBatch({ params: { id: project.id }, body: { number: batch.number, state } }),
    onSuccess: (batches) => {
      client.setQueryData(queryKey, batches);
      void client.invalidateQueries({ queryKey: ["project", project.id] });
      setWanted(null);
    },
  });
  const called = batch.name || t("numbered", { number: batch.number });
  return (
    <span className="flex items-center gap-1">
      <Button variant="ghost" aria-label={t("changeName", { name: called })} onClick={() => setEdits(true)}>
        {t("change")}
      </Button>
      {nextStates[batch.state].map((state) => (
        <Button
          key={state}
          variant="ghost"
          aria-label={`${t(`to.${state}`)}: ${called}`}
          onClick={() => setWanted(state)}
        >
          {t(`to.${state}`)}
        </Button>
      ))}
      {edits ? <EditBatch project={project} batch={batch} onClose={() => setEdits(false)} /> : null}
      {wanted ? (
        <Confirm
          title={t(`toName.${wanted}`, { name: called })}
          action={t(`to.${wanted}`)}
          pending={turn.isPending}
          problem={turn.error}
          onConfirm={() => turn.mutate(wanted)}
          onCancel={() => {
            setWanted(null);
            turn.reset();
          }}
        >
          {t(`effect.${wanted}`)}
        </Confirm>
      ) : null}
    </span>
  );
}

function EditBatch({ project, batch, onClose }: BatchProps & { readonly onClose: () => void }): ReactNode {
  const t = useTranslations("batches");
  const common = useTranslations("common");
  const client = useQueryClient();
  const form = useSchemaForm({
    schema: BatchChange,
    send: (body) => api.changeBatch({ params: { id: project.id }, body }),
    onDone: (batches) => {
      client.setQueryData(batchesQuery(project.id).queryKey, batches);
      onClose();
    },
  });
  const title = t("changeName", { name: batch.name || t("numbered", { number: batch.number }) });
  return (
    <Dialog label={title} open onClose={onClose}>
      <form
        noValidate
        className="grid gap-4 p-6 max-md:p-4"
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          const { number } = batch;
          const dueAt = momentOf(data.get("dueAt"));
          form.submit({ number, name: String(data.get("name")), dueAt, moveTo: Number(data.get("moveTo")) });
        }}
      >
        <h2 className="text-lg">{title}</h2>
        <Field label={t("name")} error={form.errors.name}>
          <Input name="name" data-focus-first defaultValue={batch.name} />
        </Field>
        <Field label={t("due")} hint={t("dueHint")} error={form.errors.dueAt}>
          <Input name="dueAt" type="datetime-local" defaultValue={localMoment(batch.dueAt)} className="w-60" />
        </Field>
        <Field label={t("number")} hint={t("numberHint")} error={form.errors.moveTo}>
          <Input name="moveTo" type="number" defaultValue={batch.number} className="w-28" />
        </Field>
        <FormProblem problem={form.problem} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" variant="primary" pending={form.pending}>
            {common("save")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
