"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PageHead } from "../../components/page-head.tsx";
import { ProjectFrame } from "../projects/project-frame.tsx";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import { ImportForm } from "./import-form.tsx";
import { Imports } from "./import-list.tsx";
import { PreviewStage } from "./pointing/preview-stage.tsx";

interface ImportPageProps {
  readonly projectId: string;
  /** The questionnaire that somebody came here to ask, by name. */
  readonly ask: string | undefined;
}

export function ImportPage({ projectId, ask }: ImportPageProps): ReactNode {
  const t = useTranslations("imports");
  return (
    <PreviewStage>
      <ProjectFrame id={projectId}>
        {(project) => (
          <>
            <PageHead title={t("title")} />
            <UnlessArchived projectId={project.id}>
              <ImportForm
                projectId={project.id}
                overlap={project.overlap}
                questionnaires={project.questionnaires.map(({ name }) => name)}
                ask={ask}
              />
            </UnlessArchived>
            <Imports projectId={project.id} />
          </>
        )}
      </ProjectFrame>
    </PreviewStage>
  );
}
