"use client";
import { useQuery } from "@tanstack/react-query";
import type { ProjectFigures, ProjectView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { Chip } from "../../components/figures/chip.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { useLive } from "../live/live-provider.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { ExampleNote } from "../templates/example-note.tsx";
import { AnnotatorTable } from "./annotator-table.tsx";
import { Attention } from "./attention.tsx";
import { FigureRow } from "./figure-row.tsx";
import { NextStepNote } from "./next-step-note.tsx";
import { ProgressCard } from "./progress-card.tsx";
import { ProjectFrame } from "./project-frame.tsx";
import { figuresQuery } from "./project-queries.ts";
import { Stations } from "./stations.tsx";
import { Timeline } from "./timeline.tsx";
import { UnlessArchived } from "./unless-archived.tsx";

/** How much is done, how fast, how good, and what comes next: at one glance. */
export function ProjectPage({ id }: { readonly id: string }): ReactNode {
  return <ProjectFrame id={id}>{(project) => <Overview project={project} />}</ProjectFrame>;
}

function Overview({ project }: { readonly project: ProjectView }): ReactNode {
  const figures = useQuery(figuresQuery(project.id));
  useLive("project", project.id);
  return (
    <>
      <Head project={project} />
      <QueryView query={figures}>{(data) => <Body project={project} figures={data} />}</QueryView>
    </>
  );
}

/** What can be done at any time; what comes next stands below, filled. An archived project can only be read. */
function Head({ project }: { readonly project: ProjectView }): ReactNode {
  const t = useTranslations("projects");
  const builds = useHasRole("admin", "researcher");
  const admin = useHasRole("admin");
  const actions = (
    <UnlessArchived projectId={project.id} quiet>
      <ButtonLink href={`/work/${project.id}`}>{t("judge")}</ButtonLink>
      {admin ? <ButtonLink href={`/projects/${project.id}/invite`}>{t("invite")}</ButtonLink> : null}
      {builds ? <ButtonLink href={`/projects/${project.id}/runs/new`}>{t("launch")}</ButtonLink> : null}
    </UnlessArchived>
  );
  const chip = <Chip state={project.state === "active" ? "ok" : "rest"}>{t(`states.${project.state}`)}</Chip>;
  return <PageHead title={project.name} chip={chip} actions={actions} />;
}

function Body({ project, figures }: { readonly project: ProjectView; readonly figures: ProjectFigures }): ReactNode {
  const t = useTranslations("projects");
  return (
    <div className="grid gap-5">
      <NextStepNote project={project} figures={figures} />
      <ExampleNote projectId={project.id} />
      <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="grid content-start gap-5 lg:order-last">
          <Attention project={project} />
          <Stations project={project} figures={figures} />
        </div>
        <div className="grid content-start gap-5">
          <FigureRow project={project} figures={figures} />
          <ProgressCard figures={figures} />
          <Card title={t("timeline.title")} aside={t("timeline.note")}>
            <Timeline days={figures.timeline} />
          </Card>
          <Card title={t("people.title")} flush>
            <AnnotatorTable project={project} figures={figures} />
          </Card>
        </div>
      </div>
    </div>
  );
}
