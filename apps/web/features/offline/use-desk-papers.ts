"use client";
import { useQueries, useQuery } from "@tanstack/react-query";
import type { LeasedTask } from "@touchstone/contracts";
import { useEffect, useMemo } from "react";
import { workQuery } from "../work/work-query.ts";
import { guidelineQuery } from "../workbench/guideline-query.ts";
import { deskStore } from "./desk-memory.ts";
import { papersToKeep } from "./papers-to-keep.ts";

/** Keeps what a desk shows beside its tasks: the project, and the guideline of every task that is held. */
export function useDeskPapers(memberId: string, projectId: string, held: readonly LeasedTask[]): void {
  const project = useQuery(workQuery).data?.items.find((item) => item.projectId === projectId);
  const named = [...new Set(held.map(({ guidelineVersion }) => guidelineVersion))].join();
  const versions = useMemo(() => (named === "" ? [] : named.split(",").map(Number)), [named]);
  const guidelines = useQueries({
    queries: versions.map((version) => guidelineQuery(projectId, version)),
    combine: (results) => results.flatMap(({ data }) => data ?? []),
  });

  // External system: the browser's database.
  useEffect(() => {
    const papers = papersToKeep({ project: project ?? null, guidelines, versions });
    if (!papers) return;
    void deskStore()
      .then((store) => store.writePapers(memberId, projectId, papers))
      .catch(() => undefined);
  }, [memberId, projectId, project, guidelines, versions]);
}
