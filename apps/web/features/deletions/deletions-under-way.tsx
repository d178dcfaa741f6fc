"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { DeletionView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";
import { Streak } from "../../components/figures/streak.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { deletionsQuery, forgetWhatWasThere } from "./deletion-queries.ts";

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
  if (count === 0) return null;
  return (
    <section
      aria-label={t("underWayTitle")}
      className="mb-4 grid gap-2 rounded-lg border border-line bg-surface px-4 py-3"
    >
      {underWay.map((deletion) => (
        <Progress key={deletion.id} deletion={deletion} />
      ))}
    </section>
  );
}

function Progress({ deletion }: { readonly deletion: DeletionView }): ReactNode {
  const t = useTranslations("deletions");
  const formats = useFormats();
  const { kind, name, counts, removed } = deletion;
  const share = counts.tasks === 0 ? 1 : Math.min(1, removed / counts.tasks);
  const text = kind === "project" ? t("project.going", { name }) : t("prompts.going", { count: counts.prompts });
  return (
    <p role="status" className="flex flex-wrap items-center gap-x-4 gap-y-1 text-ink-2">
      <span className="min-w-0 break-words">{text}</span>
      <Streak value={share} label={text} className="w-24" />
      <span className="text-xs tabular-nums">{formats.share(share)}</span>
    </p>
  );
}
