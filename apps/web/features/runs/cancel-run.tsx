"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { RunView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { runQuery } from "./run-queries.ts";
import { hasEnded } from "./run-state.ts";

/** A running one writes a checkpoint before it stops, so the button waits for the run's own word. */
export function CancelRun({ run }: { readonly run: RunView }): ReactNode {
  const t = useTranslations("runs");
  const client = useQueryClient();
  const builds = useHasRole("admin", "researcher");
  const cancel = useMutation({
    mutationFn: () => api.cancelRun({ params: { id: run.id } }),
    onSuccess: (changed) => client.setQueryData(runQuery(run.id).queryKey, changed),
  });
  if (!builds || hasEnded(run.state)) return null;
  return (
    <Button variant="danger" pending={cancel.isPending || cancel.isSuccess} onClick={() => cancel.mutate()}>
      {t("cancel")}
    </Button>
  );
}
