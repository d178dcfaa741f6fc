"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PageHead } from "../../components/page-head.tsx";
import { ProjectFrame } from "../projects/project-frame.tsx";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import { ImportForm } from "./import-form.tsx";
import { Imports } from "./import-list.tsx";

export function ImportPage({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("imports");
  return (
    <ProjectFrame id={projectId}>
      {(project) => (
        <>
          <PageHead title={t("title")} />
          <UnlessArchived projectId={project.id}>
            <ImportForm projectId={project.id} overlap={project.overlap} />
          </UnlessArchived>
          <Imports projectId={project.id} />
        </>
      )}
    </ProjectFrame>
  );
}
