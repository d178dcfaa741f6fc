"use client";
import { useQuery } from "@tanstack/react-query";
import type { ProjectListItem } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "../../components/button.tsx";
import { EmptyState } from "../../components/empty-state.tsx";
import { Chip } from "../../components/figures/chip.tsx";
import { Streak } from "../../components/figures/streak.tsx";
import { Moment } from "../../components/moment.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { DeletionsUnderWay } from "../deletions/deletions-under-way.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { WorkspaceFrame } from "../shell/workspace-frame.tsx";
import { projectsQuery } from "./project-queries.ts";

export function ProjectList(): ReactNode {
  const t = useTranslations("projects");
  const projects = useQuery(projectsQuery);
  const admin = useHasRole("admin");
  const create = admin ? (
    <ButtonLink href="/projects/new" variant="primary">
      {t("create")}
    </ButtonLink>
  ) : null;
  return (
    <WorkspaceFrame crumbs={[{ label: t("title"), href: "/projects" }]}>
      <PageHead title={t("title")} actions={create} />
      <DeletionsUnderWay />
      <QueryView query={projects}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState title={t("empty.title")}>{t("empty.body")}</EmptyState>
          ) : (
            <ProjectRows projects={items} />
          )
        }
      </QueryView>
    </WorkspaceFrame>
  );
}

/** The projects in use; archived ones stand folded below, where they can be found to be restored. */
function ProjectRows({ projects }: { readonly projects: readonly ProjectListItem[] }): ReactNode {
  const t = useTranslations("projects");
  const archived = projects.filter(({ state }) => state === "archived");
  const inUse = projects.filter(({ state }) => state !== "archived");
  return (
    <>
      <ul className="border-t border-line">
        {inUse.map((project) => (
          <ProjectRow key={project.id} project={project} />
        ))}
      </ul>
      {archived.length > 0 ? (
        <details className="mt-6">
          <summary className="cursor-pointer text-ink-2">{t("archivedCount", { count: archived.length })}</summary>
          <ul className="mt-2 border-t border-line">
            {archived.map((project) => (
              <ProjectRow key={project.id} project={project} />
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}

/** What people are asked there, and how much of it is done. */
function Progress({ project: { asks, wanted, judged } }: { readonly project: ProjectListItem }): ReactNode {
  const t = useTranslations("projects");
  const formats = useFormats();
  if (wanted === 0) return <span className="text-xs text-ink-3">{t("noTasks")}</span>;
  const share = judged / wanted;
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-2">
      <span>{asks.map((kind) => t(`asks.${kind}`)).join(" · ")}</span>
      <Streak value={Math.min(1, share)} className="w-24" />
      <span className="tabular-nums">
        {t("figures.ofWanted", { done: formats.number(judged), wanted: formats.number(wanted) })}
      </span>
    </span>
  );
}

function ProjectRow({ project }: { readonly project: ProjectListItem }): ReactNode {
  const t = useTranslations("projects");
  const state = project.state === "active" ? "ok" : "rest";
  return (
    <li className="grid gap-1 border-b border-line py-3">
      <span className="flex flex-wrap items-baseline gap-x-3">
        <TextLink href={`/projects/${project.id}`} className="text-lg font-medium">
          {project.name}
        </TextLink>
        <Chip state={state}>{t(`states.${project.state}`)}</Chip>
        {project.practice ? <Chip state="rest">{t("practice")}</Chip> : null}
        <span className="ml-auto text-xs text-ink-3">
          {t.rich("madeOn", { at: () => <Moment at={project.createdAt} as="date" /> })}
        </span>
      </span>
      {project.description ? <span className="max-w-read text-ink-2">{project.description}</span> : null}
      <Progress project={project} />
    </li>
  );
}
