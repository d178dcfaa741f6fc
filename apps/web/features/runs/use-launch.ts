import { useQueryClient } from "@tanstack/react-query";
import { RunDraft } from "@touchstone/contracts";
import { useRouter } from "next/navigation";
import { api } from "../../api/client.ts";
import { useSchemaForm } from "../../components/forms/use-schema-form.ts";
import { runQuery, runsQuery } from "./run-queries.ts";

/** The form of one run of a project: sent, kept for its page, and shown there. */
export function useLaunch(projectId: string) {
  const router = useRouter();
  const client = useQueryClient();
  return useSchemaForm({
    schema: RunDraft,
    send: (body) => api.launchRun({ params: { id: projectId }, body }),
    onDone: (run) => {
      client.setQueryData(runQuery(run.id).queryKey, run);
      void client.invalidateQueries({ queryKey: runsQuery(projectId).queryKey });
      router.push(`/runs/${run.id}`);
    },
  });
}
