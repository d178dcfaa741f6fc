"use client";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { SpooledFileView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { api } from "../../../api/client.ts";
import { Button } from "../../../components/button.tsx";
import { FormProblem } from "../../../components/forms/form-problem.tsx";
import { Moment } from "../../../components/moment.tsx";
import { QueryView } from "../../../components/query-view.tsx";
import { useFormats } from "../../../components/use-formats.ts";
import { folderQuery, spoolQuery } from "./spool-queries.ts";

interface Props {
  readonly projectId: string;
  readonly onBrought: (file: SpooledFileView) => void;
}

/** Files of the folder that whoever runs the installation has named; without one, how to name it. */
export function FolderFiles({ projectId, onBrought }: Props): ReactNode {
  const t = useTranslations("imports.sources");
  const spool = useQuery(spoolQuery(projectId));
  return (
    <QueryView query={spool}>
      {({ hasFolder }) =>
        hasFolder ? (
          <Files projectId={projectId} onBrought={onBrought} />
        ) : (
          <p className="text-ink-2">{t("noFolder", { name: "TOUCHSTONE_IMPORT_FOLDER" })}</p>
        )
      }
    </QueryView>
  );
}

function Files({ projectId, onBrought }: Props): ReactNode {
  const t = useTranslations("imports.sources");
  const formats = useFormats();
  const folder = useQuery(folderQuery(projectId));
  const choose = useMutation({
    mutationFn: (path: string) => api.chooseFolderFile({ params: { id: projectId }, body: { path } }),
    onSuccess: onBrought,
    onError: () => folder.refetch(),
  });
  return (
    <QueryView query={folder}>
      {({ items, more, cut }) => (
        <div className="grid gap-2">
          {items.length === 0 ? <p className="text-ink-2">{t("folderEmpty")}</p> : null}
          <ul className="grid max-h-80 divide-y divide-line overflow-y-auto rounded-lg border border-line bg-surface empty:hidden">
            {items.map(({ path, bytes, changedAt }) => (
              <li key={path} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
                <span className="min-w-0 flex-1 basis-40">
                  <span className="break-all">{path}</span>{" "}
                  <span className="text-xs text-ink-3 tabular-nums">
                    {formats.bytes(bytes)} · <Moment at={changedAt} />
                  </span>
                </span>
                <Button
                  aria-label={t("chooseNamed", { name: path })}
                  pending={choose.isPending && choose.variables === path}
                  disabled={choose.isPending}
                  onClick={() => choose.mutate(path)}
                >
                  {t("choose")}
                </Button>
              </li>
            ))}
          </ul>
          {more > 0 ? <p className="text-xs text-ink-3">{t("folderMore", { count: more })}</p> : null}
          {cut ? <p className="text-xs text-ink-3">{t("folderCut")}</p> : null}
          <FormProblem problem={choose.error} />
        </div>
      )}
    </QueryView>
  );
}
