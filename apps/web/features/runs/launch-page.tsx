"use client";
import type { ProjectView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PageHead } from "../../components/page-head.tsx";
import { ProjectFrame } from "../projects/project-frame.tsx";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { LaunchRound } from "./launch-round.tsx";
import { LaunchRun } from "./launch-run.tsx";
import { LaunchSimulation } from "./launch-simulation.tsx";

/** One button goes round the whole loop; single runs and simulated annotators stand below it. */
export function LaunchPage({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("runs");
  const crumb = { label: t("launch"), href: `/projects/${projectId}/runs/new` };
  return (
    <ProjectFrame id={projectId} crumb={crumb}>
      {(project) => <Launch project={project} />}
    </ProjectFrame>
  );
}

function Launch({ project }: { readonly project: ProjectView }): ReactNode {
  const t = useTranslations("runs");
  const admin = useHasRole("admin");
  return (
    <>
      <PageHead title={t("launch")} />
      <UnlessArchived projectId={project.id}>
        <div className="grid items-start gap-5 lg:grid-cols-2">
          <div className="grid gap-5">
            <LaunchRound projectId={project.id} />
            {admin && project.practice ? <LaunchSimulation project={project} /> : null}
          </div>
          <LaunchRun projectId={project.id} />
        </div>
      </UnlessArchived>
    </>
  );
}
