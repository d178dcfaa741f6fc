"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EmptyState } from "../../components/empty-state.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { ProjectFrame } from "../projects/project-frame.tsx";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { Links } from "./links.tsx";
import { NewLink } from "./new-link.tsx";

/** The open links of one project, for whoever is about to look for its annotators. */
export function InvitePage({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("people.invite");
  const problems = useTranslations("problems");
  const admin = useHasRole("admin");
  return (
    <ProjectFrame id={projectId} crumb={{ label: t("crumb"), href: `/projects/${projectId}/invite` }}>
      {({ name }) =>
        admin ? (
          <>
            <PageHead title={t("title", { project: name })} />
            <p className="mb-5 max-w-160 text-ink-2">{t("lead")}</p>
            <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[minmax(0,1fr)_24rem]">
              <div className="min-w-0 max-lg:order-last">
                <Links projectId={projectId} />
              </div>
              <UnlessArchived projectId={projectId}>
                <NewLink projectId={projectId} />
              </UnlessArchived>
            </div>
          </>
        ) : (
          <EmptyState title={problems("forbidden")} />
        )
      }
    </ProjectFrame>
  );
}
