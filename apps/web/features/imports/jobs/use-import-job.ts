"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ApiError } from "@touchstone/api-client";
import type { ImportJobView, ImportQuery } from "@touchstone/contracts";
import { useEffect, useState } from "react";
import { api } from "../../../api/client.ts";
import { assertUnchanged } from "../file-changed.ts";
import { importJobsKey, importJobsQuery } from "./job-queries.ts";

/**
 * The import that this form has begun, as far as it is; it goes on whether somebody looks or not.
 *
 * @param original the file on this device, which must not have changed since it was sent
 */
export function useImportJob(projectId: string, original: File | null) {
  const client = useQueryClient();
  const [id, setId] = useState<string | null>(null);
  const jobs = useQuery(importJobsQuery(projectId)).data?.items;
  const job = jobs?.find((one) => one.id === id) ?? null;
  const keep = (view: ImportJobView) =>
    client.setQueryData(importJobsQuery(projectId).queryKey, (now) => ({
      items: [view, ...(now?.items ?? []).filter((one) => one.id !== view.id)],
    }));
  const begin = useMutation({
    mutationFn: async ({ fileId, query }: { fileId: string; query: ImportQuery }) => {
      if (original) await assertUnchanged(original);
      return api.importSpooled({ params: { id: fileId }, query });
    },
    onSuccess: async (view) => {
      // A look that is under way knows nothing of it yet.
      await client.cancelQueries({ queryKey: importJobsKey(projectId) });
      keep(view);
      setId(view.id);
    },
  });
  const stop = useMutation({
    mutationFn: (jobId: string) => api.cancelImportJob({ params: { id: jobId } }),
    onSettled: () => client.invalidateQueries({ queryKey: importJobsKey(projectId) }),
  });
  const isDone = job?.state === "done";
  // External system: all that is known of the project, which the import has changed.
  useEffect(() => {
    if (isDone) void client.invalidateQueries({ queryKey: ["project", projectId] });
  }, [client, isDone, projectId]);
  const refused = job?.problem ? new ApiError(job.problem) : null;
  return {
    job,
    problem: begin.error ?? stop.error ?? refused,
    begin: (fileId: string, query: ImportQuery) => begin.mutateAsync({ fileId, query }),
    stop: () => job && stop.mutate(job.id),
    isStopping: stop.isPending,
    reset: () => {
      begin.reset();
      stop.reset();
      setId(null);
    },
  };
}
