"use client";
import { useQuery } from "@tanstack/react-query";
import type { ProjectView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { QueryView } from "../../components/query-view.tsx";
import { useLive } from "../live/live-provider.tsx";
import { openRemarksQuery } from "../remarks/remark-queries.ts";
import { useHasRole } from "../session/signed-in.tsx";
import { AppFrame } from "../shell/app-frame.tsx";
import type { Crumb } from "../shell/crumbs.tsx";
import type { TabsProps } from "../shell/tabs.tsx";
import { projectQuery } from "./project-queries.ts";
import { ArchivedNote } from "./unless-archived.tsx";

interface ProjectFrameProps {
  readonly id: string;
  /** A page below a tab adds its own crumb. */
  readonly crumb?: { readonly label: string; readonly href: string };
  readonly children: (project: ProjectView) => ReactNode;
}

/** A project's rooms as tabs, by role. */
function useProjectTabs(projectId: string | undefined): (id: string) => TabsProps {
  const t = useTranslations("projects.tabs");
  const { questions, flags } = useQuery({ ...openRemarksQuery(projectId ?? ""), enabled: projectId !== undefined })
    .data ?? {
    questions: 0,
    flags: 0,
  };
  useLive("guidance", projectId);
  const count = questions + flags;
  const builds = useHasRole("admin", "researcher");
  const admin = useHasRole("admin");
  const forBuilders = builds
    ? ([
        "browse",
        "questions",
        "batches",
        "models",
        "runs",
        "evaluations",
        "quality",
        "remarks",
        "import",
        "export",
      ] as const)
    : (["browse", "questions", "batches", "models", "runs", "evaluations", "quality", "remarks"] as const);
  const rooms = admin ? ([...forBuilders, "settings"] as const) : forBuilders;
  return (id) => {
    const at = `/projects/${id}`;
    return {
      label: t("label"),
      items: [
        { label: t("overview"), href: at },
        ...rooms.map((room) => ({
          label: t(room),
          href: `${at}/${room}`,
          waiting: room === "remarks" && count > 0 ? { count, label: t("waiting", { count }) } : undefined,
        })),
      ],
    };
  };
}

interface ProjectRoomFrameProps {
  /** Known only once the page's own thing has loaded; until then no link leads anywhere wrong. */
  readonly projectId: string | undefined;
  readonly room: { readonly name: "runs" | "evaluations" | "browse" | "label-sets"; readonly label: string };
  readonly here: Crumb;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** The frame of a page that has an address of its own and belongs to a room of a project. */
export function ProjectRoomFrame({ projectId, room, here, wide = false, children }: ProjectRoomFrameProps): ReactNode {
  const project = useQuery(projectQuery(projectId));
  const tabsOf = useProjectTabs(projectId);
  if (projectId === undefined) {
    return (
      <AppFrame crumbs={[here]} wide={wide}>
        {children}
      </AppFrame>
    );
  }
  const at = `/projects/${projectId}`;
  const under = `${at}/${room.name}`;
  const crumbs = [{ label: project.data?.name ?? "…", href: at }, { label: room.label, href: under }, here];
  return (
    <AppFrame crumbs={crumbs} wide={wide} tabs={{ ...tabsOf(projectId), under }}>
      <ArchivedNote projectId={projectId} />
      {children}
    </AppFrame>
  );
}

/** What all pages of a project share: where one is, and the project's rooms as tabs. */
export function ProjectFrame({ id, crumb, children }: ProjectFrameProps): ReactNode {
  const t = useTranslations("projects");
  const project = useQuery(projectQuery(id));
  const tabs = useProjectTabs(id)(id);
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
            <ArchivedNote projectId={id} />
            {children(data)}
          </>
        )}
      </QueryView>
    </AppFrame>
  );
}
