"use client";
import { useQuery } from "@tanstack/react-query";
import type { ProjectView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { QueryView } from "../../components/query-view.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { AppFrame } from "../shell/app-frame.tsx";
import { projectQuery } from "./project-queries.ts";

interface ProjectFrameProps {
  readonly id: string;
  /** A page below a tab adds its own crumb. */
  readonly crumb?: { readonly label: string; readonly href: string };
  readonly children: (project: ProjectView) => ReactNode;
}

/** What all pages of a project share: where one is, and the project's rooms as tabs. */
export function ProjectFrame({ id, crumb, children }: ProjectFrameProps): ReactNode {
  const t = useTranslations("projects");
  const project = useQuery(projectQuery(id));
  const builds = useHasRole("admin", "researcher");
  const at = `/projects/${id}`;
  const rooms = builds ? (["runs", "evaluations", "import", "export"] as const) : (["runs", "evaluations"] as const);
  const crumbs = [
    { label: t("title"), href: "/projects" },
    { label: project.data?.name ?? "…", href: at },
    ...(crumb ? [crumb] : []),
  ];
  const items = [
    { label: t("tabs.overview"), href: at },
    ...rooms.map((room) => ({ label: t(`tabs.${room}`), href: `${at}/${room}` })),
  ];
  return (
    <AppFrame crumbs={crumbs} tabs={{ label: t("tabs.label"), items }}>
      <QueryView query={project}>{children}</QueryView>
    </AppFrame>
  );
}
