"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ApiError } from "@touchstone/api-client";
import type { ArchiveView, ProjectView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { DownloadLink } from "../../components/download-link.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { Moment } from "../../components/moment.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { ArchiveContentsFacts } from "./archive-contents.tsx";
import { ArchiveProgress } from "./archive-progress.tsx";
import { archiveQuery, isUnderWay } from "./archive-queries.ts";

/** The whole project as one file: what travels and what stays, how far it is, and the file. */
export function ArchiveSettings({ project }: { readonly project: ProjectView }): ReactNode {
  const t = useTranslations("projects.archive");
  const query = useQuery(archiveQuery(project.id));
  return (
    <Card title={t("title")}>
      <div className="grid gap-3">
        <p className="text-sm text-ink-2">{t("what")}</p>
        <p className="text-sm text-ink-2">{t("stays")}</p>
        <QueryView query={query}>{({ archive }) => <Archive projectId={project.id} archive={archive} />}</QueryView>
      </div>
    </Card>
  );
}

interface ArchiveProps {
  readonly projectId: string;
  readonly archive: ArchiveView | null;
}

function Archive({ projectId, archive }: ArchiveProps): ReactNode {
  const t = useTranslations("projects.archive");
  const formats = useFormats();
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: archiveQuery(projectId).queryKey });
  const make = useMutation({ mutationFn: () => api.makeArchive({ params: { id: projectId } }), onSettled });
  const remove = useMutation({ mutationFn: () => api.deleteArchive({ params: { id: projectId } }), onSettled });
  const underWay = archive !== null && isUnderWay(archive.state);
  const isReady = archive?.state === "ready";
  return (
    <div className="grid gap-3">
      {archive ? <State archive={archive} /> : null}
      <FormProblem problem={make.error ?? remove.error ?? (archive?.problem ? new ApiError(archive.problem) : null)} />
      <div className="flex flex-wrap gap-2">
        {isReady ? (
          <DownloadLink href={`/api/projects/${projectId}/archive/file`}>
            {t("download", { size: formats.bytes(archive.bytes ?? 0) })}
          </DownloadLink>
        ) : null}
        {underWay ? null : (
          <Button variant={isReady ? "ghost" : "default"} pending={make.isPending} onClick={() => make.mutate()}>
            {t(isReady ? "again" : "make")}
          </Button>
        )}
        {underWay || isReady ? (
          <Button variant="ghost" pending={remove.isPending} onClick={() => remove.mutate()}>
            {t(isReady ? "delete" : "stop")}
          </Button>
        ) : null}
      </div>
    </div>
  );
}

function State({ archive }: { readonly archive: ArchiveView }): ReactNode {
  const t = useTranslations("projects.archive");
  const { state, contents, endedAt, sha256, removedBecause } = archive;
  if (removedBecause) return <p className="text-sm text-ink-2">{t(`removed.${removedBecause}`)}</p>;
  if (isUnderWay(state)) {
    return <ArchiveProgress label={t("title")} direction="out" archive={archive} />;
  }
  if (!contents) return null;
  return (
    <>
      {endedAt ? (
        <p className="text-sm">
          {t("made")} <Moment at={endedAt} />
        </p>
      ) : null}
      <ArchiveContentsFacts contents={contents} />
      <p className="text-xs text-ink-3">
        SHA-256 <code className="break-all">{sha256}</code>
      </p>
    </>
  );
}
