"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ModelChange, ModelDependants, ModelVersionView } from "@touchstone/contracts";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState } from "react";
import { api } from "../../../api/client.ts";
import { Button } from "../../../components/button.tsx";
import { Field, Input } from "../../../components/forms/field.tsx";
import { FormProblem } from "../../../components/forms/form-problem.tsx";
import { Dialog } from "../../../components/overlays/dialog.tsx";
import { toasts } from "../../../components/overlays/toast-store.ts";
import { QueryView } from "../../../components/query-view.tsx";
import { TextLink } from "../../../components/text-link.tsx";
import { useHasRole } from "../../session/signed-in.tsx";
import { codeOfModel } from "../model-name.ts";
import { forgetModels, modelDependantsQuery } from "../model-queries.ts";

/** Its name, the archive, and its end. */
export function ManageModel({ model }: { readonly model: ModelVersionView }): ReactNode {
  const t = useTranslations("models.manage");
  const client = useQueryClient();
  const admin = useHasRole("admin");
  const [deletes, setDeletes] = useState(false);
  const change = useMutation({
    mutationFn: (body: ModelChange) => api.changeModel({ params: { id: model.id }, body }),
    onSuccess: () => {
      toasts.show(t("changed"));
      forgetModels(client);
    },
  });
  const rename = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name") ?? "").trim();
    change.mutate({ name: name === "" ? null : name });
  };
  const archived = model.stage === "archived";
  return (
    <div className="grid gap-4">
      <form onSubmit={rename} className="flex flex-wrap items-end gap-2">
        <Field label={t("name")} hint={t("nameHint")} className="min-w-40 flex-1">
          <Input name="name" maxLength={120} defaultValue={model.givenName ?? ""} autoComplete="off" />
        </Field>
        <Button type="submit" className="mb-5" pending={change.isPending}>
          {t("rename")}
        </Button>
      </form>
      <FormProblem problem={change.error} />
      <div className="flex flex-wrap gap-2">
        {model.stage === "current" ? null : (
          <Button pending={change.isPending} onClick={() => change.mutate({ archived: !archived })}>
            {t(archived ? "restore" : "archive")}
          </Button>
        )}
        {admin ? (
          <Button variant="danger" onClick={() => setDeletes(true)}>
            {t("delete")}
          </Button>
        ) : null}
      </div>
      {deletes ? <DeleteDialog model={model} onClose={() => setDeletes(false)} /> : null}
    </div>
  );
}

interface DeleteDialogProps {
  readonly model: ModelVersionView;
  readonly onClose: () => void;
}

function DeleteDialog({ model, onClose }: DeleteDialogProps): ReactNode {
  const t = useTranslations("models.manage");
  const common = useTranslations("common");
  const client = useQueryClient();
  const router = useRouter();
  const dependants = useQuery(modelDependantsQuery(model.id));
  const remove = useMutation({
    mutationFn: () => api.deleteModel({ params: { id: model.id } }),
    onSuccess: () => {
      toasts.show(t("deleted", { name: codeOfModel(model) }));
      onClose();
      router.push("/models");
      client.removeQueries({ queryKey: ["model", model.id], type: "inactive" });
      void client.invalidateQueries({ queryKey: ["models"] });
    },
    onError: () => void dependants.refetch(),
  });
  const title = t("deleteTitle", { name: codeOfModel(model) });
  return (
    <Dialog label={title} open onClose={onClose}>
      <div className="grid gap-4 p-6 max-md:p-4">
        <h2 className="text-lg">{title}</h2>
        <QueryView query={dependants}>
          {(found) => (found.free ? <p className="text-ink-2">{t("free")}</p> : <Dependants found={found} />)}
        </QueryView>
        <FormProblem problem={remove.error} />
        <div className="flex justify-end gap-2">
          <Button data-focus-first onClick={onClose}>
            {common("cancel")}
          </Button>
          {dependants.data?.free ? (
            <Button variant="danger" pending={remove.isPending} onClick={() => remove.mutate()}>
              {t("delete")}
            </Button>
          ) : null}
        </div>
      </div>
    </Dialog>
  );
}

/** All that is in the way, each by its name and where it stands. */
function Dependants({ found }: { readonly found: ModelDependants }): ReactNode {
  const t = useTranslations("models.manage");
  const { usedIn, models, runs, evaluations, answers, labelSets } = found;
  const against = useTranslations("evaluations");
  const lines = [
    ...usedIn.map(({ id, name }) => ({ id, href: `/projects/${id}`, text: t("usedIn", { name }) })),
    ...models.map((one) => ({ id: one.id, href: `/models/${one.id}`, text: t("child", { name: codeOfModel(one) }) })),
    ...runs.map(({ id, number }) => ({ id, href: `/runs/${id}`, text: t("run", { number }) })),
    ...evaluations.map(({ id, candidate, baseline }) => ({
      id,
      href: `/evaluations/${id}`,
      text: t("evaluation", { name: against("against", { candidate: candidate ?? "…", baseline }) }),
    })),
    ...answers.map(({ id, name, count }) => ({
      id: `answers ${id}`,
      href: `/projects/${id}/browse`,
      text: t("answers", { name, count }),
    })),
    ...labelSets.map(({ id, sha256, going }) => ({
      id,
      href: `/label-sets/${id}`,
      text: t("labelSet", { hash: sha256.slice(0, 12), count: going }),
    })),
  ];
  return (
    <>
      <p className="text-ink-2">{t("dependants")}</p>
      <ul className="grid gap-1">
        {lines.map(({ id, href, text }) => (
          <li key={id} className="[overflow-wrap:anywhere]">
            <TextLink href={href}>{text}</TextLink>
          </li>
        ))}
      </ul>
    </>
  );
}
