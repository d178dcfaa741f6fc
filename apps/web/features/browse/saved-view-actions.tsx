"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ItemFilter, SavedViewView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type FormEvent, type ReactNode, useState } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Field, Input } from "../../components/forms/field.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { savedViewsQuery } from "./browse-queries.ts";

function nameIn(event: FormEvent<HTMLFormElement>): string {
  event.preventDefault();
  return String(new FormData(event.currentTarget).get("name") ?? "").trim();
}

/** Keeps the present search under a name. */
export function KeepView({
  projectId,
  filter,
}: {
  readonly projectId: string;
  readonly filter: ItemFilter;
}): ReactNode {
  const t = useTranslations("browse.views");
  const client = useQueryClient();
  const keep = useMutation({
    mutationFn: (name: string) => api.createSavedView({ params: { id: projectId }, body: { name, filter } }),
    onSuccess: () => client.invalidateQueries(savedViewsQuery(projectId)),
  });
  return (
    <form onSubmit={(event) => keep.mutate(nameIn(event))} className="grid gap-3 border-t border-line pt-4">
      <Field label={t("name")}>
        <Input name="name" required maxLength={120} data-focus-first />
      </Field>
      <FormProblem problem={keep.error} />
      <div className="flex items-center gap-3">
        <Button type="submit" variant="primary" pending={keep.isPending}>
          {t("save")}
        </Button>
        <span role="status">{keep.isSuccess ? t("saved") : null}</span>
      </div>
    </form>
  );
}

/** Renames and deletes a view, for its maker and for admins. A view is two clicks from being there again. */
export function ManageView({ view }: { readonly view: SavedViewView }): ReactNode {
  const t = useTranslations("browse.views");
  const client = useQueryClient();
  const [asks, setAsks] = useState<"name" | "delete" | null>(null);
  const done = async (): Promise<void> => {
    setAsks(null);
    await client.invalidateQueries(savedViewsQuery(view.projectId));
  };
  const rename = useMutation({
    mutationFn: (name: string) => api.changeSavedView({ params: { id: view.id }, body: { name } }),
    onSuccess: done,
  });
  const remove = useMutation({
    mutationFn: () => api.deleteSavedView({ params: { id: view.id } }),
    onSuccess: done,
  });
  if (asks === "name") {
    return (
      <form onSubmit={(event) => rename.mutate(nameIn(event))} className="flex basis-full flex-wrap items-center gap-2">
        <Input name="name" required maxLength={120} defaultValue={view.name} aria-label={t("name")} className="w-56" />
        <Button type="submit" pending={rename.isPending}>
          {t("rename")}
        </Button>
        <FormProblem problem={rename.error} />
      </form>
    );
  }
  if (asks === "delete") {
    return (
      <div className="grid basis-full gap-2">
        <p>{t("deleteBody")}</p>
        <FormProblem problem={remove.error} />
        <Button
          variant="danger"
          pending={remove.isPending}
          onClick={() => remove.mutate()}
          className="justify-self-start"
        >
          {t("deleteTitle", { name: view.name })}
        </Button>
      </div>
    );
  }
  return (
    <span className="ml-auto flex gap-1">
      <Button variant="ghost" onClick={() => setAsks("name")}>
        {t("rename")}
      </Button>
      <Button variant="ghost" onClick={() => setAsks("delete")}>
        {t("delete")}
      </Button>
    </span>
  );
}
