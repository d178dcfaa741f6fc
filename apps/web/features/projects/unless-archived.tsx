"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { TextLink } from "../../components/text-link.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { projectQuery } from "./project-queries.ts";

interface UnlessArchivedProps {
  /** Null: of no project, as a model of the workspace. */
  readonly projectId: string | null;
  /** A single button only goes away: the note on top of the page says why. */
  readonly quiet?: boolean;
  readonly children: ReactNode;
}

/**
 * Around whatever the API refuses in an archived project: there a sentence stands in its place, with the cure. A test
 * knows every call that is refused, and that it stands behind this.
 */
export function UnlessArchived({ projectId, quiet, children }: UnlessArchivedProps): ReactNode {
  const t = useTranslations("projects.archivedNote");
  const project = useQuery({ ...projectQuery(projectId ?? ""), enabled: projectId !== null });
  if (projectId === null) return children;
  // A form that goes away again would take what was typed into it along. What can't be read is left to the API.
  if (project.isPending) return null;
  if (project.data?.state !== "archived") return children;
  if (quiet) return null;
  return <Archived id={projectId} text={t("instead")} />;
}

/** Said on top of every page of an archived project, before anything is tried; nothing where it is not archived. */
export function ArchivedNote({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("projects.archivedNote");
  const project = useQuery(projectQuery(projectId));
  if (project.data?.state !== "archived") return null;
  return (
    <div className="mb-5">
      <Archived id={projectId} text={t("text")} />
    </div>
  );
}

/** A sentence with the cure for those who can apply it, and for the others whom to ask. */
function Archived({ id, text }: { readonly id: string; readonly text: string }): ReactNode {
  const t = useTranslations("projects.archivedNote");
  const admin = useHasRole("admin");
  return (
    <p className="flex flex-wrap items-baseline gap-x-2 rounded-md bg-sunken px-4 py-2.5 text-ink-2">
      <span>{text}</span>
      {admin ? <TextLink href={`/projects/${id}/settings`}>{t("restore")}</TextLink> : <span>{t("ask")}</span>}
    </p>
  );
}
