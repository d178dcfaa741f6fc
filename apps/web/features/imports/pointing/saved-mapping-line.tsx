"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { SavedMappingView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { api } from "../../../api/client.ts";
import { Button } from "../../../components/button.tsx";
import { Input } from "../../../components/forms/field.tsx";
import { FormProblem } from "../../../components/forms/form-problem.tsx";
import { mappingsQuery } from "./mapping-queries.ts";

interface Props {
  readonly projectId: string;
  readonly one: SavedMappingView;
}

/** A saved mapping with the columns that it is for, renamed and deleted in its place. */
export function SavedMappingLine({ projectId, one }: Props): ReactNode {
  const t = useTranslations("mapping.saved");
  const client = useQueryClient();
  const [asks, setAsks] = useState<"name" | "delete" | null>(null);
  const [name, setName] = useState(one.name);
  const onSuccess = async (): Promise<void> => {
    setAsks(null);
    await client.invalidateQueries(mappingsQuery(projectId));
  };
  const rename = useMutation({
    mutationFn: () => api.changeMapping({ params: { id: one.id }, body: { name: name.trim() } }),
    onSuccess,
  });
  const remove = useMutation({ mutationFn: () => api.deleteMapping({ params: { id: one.id } }), onSuccess });
  return (
    <li className="grid gap-1">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <span dir="auto" className="min-w-0 font-medium [overflow-wrap:anywhere]">
          {one.name}
        </span>
        <span className="text-xs text-ink-3">{one.member.name}</span>
        <span className="ml-auto flex gap-1">
          <Button variant="ghost" onClick={() => setAsks(asks === "name" ? null : "name")}>
            {t("rename")}
          </Button>
          <Button variant="ghost" onClick={() => setAsks(asks === "delete" ? null : "delete")}>
            {t("delete")}
          </Button>
        </span>
      </div>
      <p className="line-clamp-2 text-xs text-ink-3 [overflow-wrap:anywhere]">
        {t("columns", { count: one.header.length, columns: one.header.join(", ") })}
      </p>
      {asks === "name" ? (
        <div className="flex flex-wrap items-center gap-2">
          <Input
            value={name}
            maxLength={120}
            aria-label={t("nameOf", { name: one.name })}
            className="w-56"
            onChange={(event) => setName(event.target.value)}
          />
          <Button disabled={name.trim() === ""} pending={rename.isPending} onClick={() => rename.mutate()}>
            {t("rename")}
          </Button>
          <FormProblem problem={rename.error} />
        </div>
      ) : null}
      {asks === "delete" ? (
        <div className="flex flex-wrap items-center gap-2">
          <Button variant="danger" pending={remove.isPending} onClick={() => remove.mutate()}>
            {t("deleteFor", { name: one.name })}
          </Button>
          <FormProblem problem={remove.error} />
        </div>
      ) : null}
    </li>
  );
}
