"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { DeletionView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";
import { deletionsQuery, forgetWhatWasThere } from "./deletion-queries.ts";
import { GoingList } from "./going-list.tsx";

interface DeletionsUnderWayProps {
  /** Prompts of this project; left out, projects. */
  readonly projectId?: string;
}

/** What is being deleted, and how far that is; nothing where nothing is. */
export function DeletionsUnderWay({ projectId }: DeletionsUnderWayProps): ReactNode {
  const t = useTranslations("deletions");
  const client = useQueryClient();
  const { data } = useQuery(deletionsQuery);
  const underWay = (data?.items ?? []).filter(
    ({ finishedAt, kind, projectId: of }) =>
      finishedAt === null && (projectId === undefined ? kind === "project" : kind === "prompts" && of === projectId),
  );
  const count = underWay.length;
  const before = useRef(count);
  // External system: the list of the same project, which was read while this went on.
  useEffect(() => {
    if (projectId !== undefined && count < before.current) void forgetWhatWasThere(client, projectId);
    before.current = count;
  }, [client, count, projectId]);
  return <GoingList title={t("underWayTitle")} items={underWay.map((deletion) => toGoing(deletion, t))} />;
}

function toGoing(
  { id, kind, name, counts, removed }: DeletionView,
  t: ReturnType<typeof useTranslations<"deletions">>,
) {
  const text = kind === "project" ? t("project.going", { name }) : t("prompts.going", { count: counts.prompts });
  return { id, text, done: counts.tasks === 0 ? 1 : Math.min(1, removed / counts.tasks) };
}
