"use client";
import { useQuery } from "@tanstack/react-query";
import type { ProjectView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { QueryView } from "../../components/query-view.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { AppFrame } from "../shell/app-frame.tsx";
import type { Crumb } from "../shell/crumbs.tsx";
import type { TabsProps } from "../shell/tabs.tsx";
import { projectQuery } from "./project-queries.ts";

interface ProjectFrameProps {
  readonly id: string;
  /** A page below a tab adds its own crumb. */
  readonly crumb?: { readonly label: string; readonly href: string };
  readonly children: (project: ProjectView) => ReactNode;
}

/** A project's rooms as tabs, by role. */
function useProjectTabs(): (id: string) => TabsProps {
  const t = useTranslations("projects.tabs");
  const builds = useHasRole("admin", "researcher");
  const admin = useHasRole("admin");
  const forBuilders = builds
    ? (["runs", "evaluations", "remarks", "import", "export"] as const)
    : (["runs", "evaluations", "remarks"] as const);
  const rooms = admin ? ([...forBuilders, "settings"] as const) : forBuilders;
  return (id) => {
    const at = `/projects/${id}`;
    return {
      label: t("label"),
      items: [{ label: t("overview"), href: at }, ...rooms.map((room) => ({ label: t(room), href: `${at}/${room}` }))],
    };
  };
}

interface ProjectPlace {
  readonly crumbs: readonly Crumb[];
  readonly tabs: TabsProps | undefined;
}

/**
 * Where a page stands that has an address of its own and belongs to a room of a project.
 * @param projectId known only once the page's own thing has loaded; until then no link leads anywhere wrong
 */
export function useProjectPlace(
  projectId: string | undefined,
  room: { readonly name: "runs" | "evaluations"; readonly label: string },
  here: Crumb,
): ProjectPlace {
  const project = useQuery(projectQuery(projectId));
  const tabsOf = useProjectTabs();
  if (projectId === undefined) return { crumbs: [here], tabs: undefined };
  const at = `/projects/${projectId}`;
  const under = `${at}/${room.name}`;
  return {
    crumbs: [{ label: project.data?.name ?? "…", href: at }, { label: room.label, href: under }, here],
    tabs: { ...tabsOf(projectId), under },
  };
}

/** What all pages of a project share: where one is, and the project's rooms as tabs. */
export function ProjectFrame({ id, crumb, children }: ProjectFrameProps): ReactNode {
  const t = useTranslations("projects");
  const project = useQuery(projectQuery(id));
  const tabs = useProjectTabs()(id);
  const crumbs = [
    { label: t("title"), href: "/projects" },
    { label: project.data?.name ?? "…", href: `/projects/${id}` },
    ...(crumb ? [crumb] : []),
  ];
  return (
    <AppFrame crumbs={crumbs} tabs={tabs}>
      <QueryView query={project}>
        {(data) => (
          <>
            {data.state === "archived" ? <ArchivedNote id={id} /> : null}
            {children(data)}
          </>
        )}
      </QueryView>
    </AppFrame>
  );
}

/** Said before anything is tried, with the cure for those who can apply it. */
function ArchivedNote({ id }: { readonly id: string }): ReactNode {
  const t = useTranslations("projects.archivedNote");
  const admin = useHasRole("admin");
  return (
    <p className="mb-5 flex flex-wrap items-baseline gap-x-2 rounded-md bg-sunken px-4 py-2.5 text-ink-2">
      <span>{t("text")}</span>
      {admin ? <TextLink href={`/projects/${id}/settings`}>{t("restore")}</TextLink> : <span>{t("ask")}</span>}
    </p>
  );
}
