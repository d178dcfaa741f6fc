"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { SpooledFileView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { api } from "../../../api/client.ts";
import { Button } from "../../../components/button.tsx";
import { FormProblem } from "../../../components/forms/form-problem.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { useFormats } from "../../../components/use-formats.ts";
import { folderQuery } from "../../imports/sources/spool-queries.ts";
import { type FolderModel, modelsInFolder } from "./models-in-folder.ts";

interface Props {
  readonly projectId: string;
  /** Told of each file once its copying has begun. */
  readonly onBrought: (file: SpooledFileView) => void;
}

/** Models in the folder that whoever runs the installation has named; one that is chosen is copied, as workers need it. */
export function ServerFolder({ projectId, onBrought }: Props): ReactNode {
  const t = useTranslations("models.bring");
  const formats = useFormats();
  const folder = useQuery(folderQuery(projectId));
  const copy = useMutation({
    mutationFn: async ({ files }: FolderModel) => {
      for (const path of files) {
        onBrought(await api.chooseFolderFile({ params: { id: projectId }, body: { path, copy: true } }));
      }
    },
    onError: () => folder.refetch(),
  });
  return (
    <QueryView query={folder}>
      {({ items, more, cut }) => {
        const models = modelsInFolder(items);
        return (
          <div className="grid gap-2">
            {models.length === 0 ? <p className="text-ink-2">{t("folderEmpty")}</p> : null}
            <ul className="grid max-h-80 divide-y divide-line overflow-y-auto rounded-lg border border-line bg-surface empty:hidden">
              {models.map((model) => (
                <li key={model.path} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
                  <span className="min-w-0 flex-1 basis-40">
                    <span className="break-all">{model.path === "" ? t("folderItself") : model.path}</span>{" "}
                    <span className="text-xs text-ink-3 tabular-nums">
                      {t(`folderForms.${model.form}`)} · {formats.bytes(model.bytes)}
                    </span>
                  </span>
                  <Button
                    aria-label={t("copyNamed", { name: model.path === "" ? t("folderItself") : model.path })}
                    pending={copy.isPending && copy.variables.path === model.path}
                    disabled={copy.isPending}
                    onClick={() => copy.mutate(model)}
                  >
                    {t("copy")}
                  </Button>
                </li>
              ))}
            </ul>
            {more > 0 || cut ? <p className="text-xs text-ink-3">{t("folderCut")}</p> : null}
            <FormProblem problem={copy.error} />
          </div>
        );
      }}
    </QueryView>
  );
}
