"use client";
import { useQueries, useQuery } from "@tanstack/react-query";
import type { LeasedTask } from "@touchstone/contracts";
import { useEffect } from "react";
import { workQuery } from "../work/work-query.ts";
import { guidelineQuery } from "../workbench/guideline-query.ts";
import { deskStore } from "./desk-memory.ts";

/** Keeps what a desk shows beside its tasks: the project, and the guideline of every task that is held. */
export function useDeskPapers(memberId: string, projectId: string, held: readonly LeasedTask[]): void {
  const project = useQuery(workQuery).data?.items.find((item) => item.projectId === projectId);
  const versions = [...new Set(held.map(({ guidelineVersion }) => guidelineVersion))];
  const guidelines = useQueries({
    queries: versions.map((version) => guidelineQuery(projectId, version)),
    combine: (results) => results.flatMap(({ data }) => data ?? []),
  });

  // External system: the browser's database.
  useEffect(() => {
    if (!project && guidelines.length === 0) return;
    const papers = { project: project ?? null, guidelines };
    void deskStore()
      .then((store) => store.writePapers(memberId, projectId, papers))
      .catch(() => undefined);
  }, [memberId, projectId, project, guidelines]);
}
