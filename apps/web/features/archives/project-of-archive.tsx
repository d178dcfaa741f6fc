"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { api } from "../../api/client.ts";
import { Card } from "../../components/card.tsx";
import { Field } from "../../components/forms/field.tsx";
import { FileInput } from "../../components/forms/file-input.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { SpoolList } from "../imports/sources/spool-list.tsx";
import { spoolKey } from "../imports/sources/spool-queries.ts";
import { UploadProgress } from "../imports/sources/upload-progress.tsx";
import { useUpload } from "../imports/sources/use-upload.ts";
import { broughtArchivesQuery } from "./archive-queries.ts";
import { Brought } from "./brought-archive.tsx";

/** Of those that ended, so many are told of. */
const shown = 3;

/** Makes a project of a copy that one was written as, on another installation or here before it was deleted. */
export function ProjectOfArchive(): ReactNode {
  const t = useTranslations("projects.archive.brought");
  const client = useQueryClient();
  const brought = useQuery(broughtArchivesQuery);
  const bring = useMutation({
    mutationFn: (fileId: string) => api.bringUploadedArchive({ body: { fileId } }),
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: broughtArchivesQuery.queryKey });
      await client.invalidateQueries({ queryKey: spoolKey(null) });
    },
  });
  const upload = useUpload(null, ({ id }) => bring.mutate(id));
  return (
    <Card title={t("title")} className="max-w-read">
      <div className="grid gap-3">
        <Field label={t("read")} hint={t("readHint")}>
          <FileInput accept=".zip" onFiles={([file]) => file && void upload.send(file)} />
        </Field>
        <UploadProgress upload={upload} />
        <FormProblem problem={bring.error} />
        <SpoolList
          place={null}
          chosenId={bring.isPending ? bring.variables : null}
          sendingId={upload.state?.id ?? null}
          onChoose={({ id }) => bring.mutate(id)}
        />
        <ul className="divide-y divide-line border-t border-line empty:hidden">
          {brought.data?.items.slice(0, shown).map((archive) => (
            <li key={archive.id} className="grid gap-2 py-3">
              <Brought archive={archive} />
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}
