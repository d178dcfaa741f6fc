"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ApiError } from "@touchstone/api-client";
import type { ImportJobView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";
import { api } from "../../../api/client.ts";
import { Button } from "../../../components/button.tsx";
import { Moment } from "../../../components/moment.tsx";
import { ReadingProblem } from "../reading-problem.tsx";
import { ImportJobProgress } from "./import-job-progress.tsx";
import { importJobsKey, importJobsQuery } from "./job-queries.ts";

interface Props {
  readonly projectId: string;
  /** The file whose form shows its own import. */
  readonly except: string | null;
}

/**
 * Imports that go on, whoever began them and wherever; and of each file that is still there the latest that did not come to
 * its end.
 */
export function ImportJobs({ projectId, except }: Props): ReactNode {
  const t = useTranslations("imports.jobs");
  const client = useQueryClient();
  const all = useQuery(importJobsQuery(projectId)).data?.items ?? [];
  const running = all.filter(({ state }) => state === "running").length;
  const before = useRef(running);
  // External system: all that is known of the project, which an import that has ended has changed.
  useEffect(() => {
    if (running < before.current) void client.invalidateQueries({ queryKey: ["project", projectId] });
    before.current = running;
  }, [client, running, projectId]);
  const shown = latestOfFiles(all).filter(
    ({ fileId, state, fileKept }) => fileId !== except && state !== "done" && (state === "running" || fileKept),
  );
  if (shown.length === 0) return null;
  return (
    <section
      aria-label={t("title")}
      className="grid max-w-read gap-3 rounded-lg border border-line bg-surface px-4 py-3"
    >
      {shown.map((job) => (
        <Job key={job.id} projectId={projectId} job={job} />
      ))}
    </section>
  );
}

/** An import that was begun again stands in the place of the one before. */
function latestOfFiles(jobs: readonly ImportJobView[]): readonly ImportJobView[] {
  return jobs.filter((job, index) => jobs.findIndex(({ fileId }) => fileId === job.fileId) === index);
}

function Job({ projectId, job }: { readonly projectId: string; readonly job: ImportJobView }): ReactNode {
  const t = useTranslations("imports.jobs");
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: importJobsKey(projectId) });
  const again = useMutation({
    mutationFn: () => api.importSpooled({ params: { id: job.fileId }, query: job.query }),
    onSettled,
  });
  const stop = useMutation({ mutationFn: () => api.cancelImportJob({ params: { id: job.id } }), onSettled });
  return (
    <div className="grid gap-1.5">
      <p className="min-w-0 break-words">
        <b className="font-medium">{job.fileName}</b>{" "}
        <span className="text-xs text-ink-3">
          {job.memberName} · <Moment at={job.createdAt} />
        </span>
      </p>
      {job.state === "running" ? (
        <ImportJobProgress job={job} isStopping={stop.isPending} onStop={() => stop.mutate()} />
      ) : null}
      {job.state === "cancelled" || job.state === "interrupted" ? <p>{t(`ended.${job.state}`)}</p> : null}
      <ReadingProblem problem={again.error ?? stop.error ?? (job.problem ? new ApiError(job.problem) : null)} />
      {job.state !== "running" ? (
        <Button className="justify-self-start" pending={again.isPending} onClick={() => again.mutate()}>
          {t("again")}
        </Button>
      ) : null}
    </div>
  );
}
