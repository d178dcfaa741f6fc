"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { EmptyState } from "../../components/empty-state.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { ArchiveSettings } from "../archives/archive-settings.tsx";
import { ArenaSettingsLink } from "../arena/arena-settings-link.tsx";
import { DeleteProject } from "../deletions/delete-project.tsx";
import { RetentionSettings } from "../erasure/retention-settings.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { LanguageSettings } from "../translations/language-settings.tsx";
import { WebhookSettings } from "../webhooks/webhook-settings.tsx";
import { AssignmentSettings } from "./assignment-settings.tsx";
import { BlurSettings } from "./blur-settings.tsx";
import { CopySettings } from "./copy-settings.tsx";
import { GuidelineSettings } from "./guideline-settings.tsx";
import { OverlapSettings } from "./overlap-settings.tsx";
import { ProjectFrame } from "./project-frame.tsx";
import { DescriptionSettings, LeaseSettings, StateSettings } from "./simple-settings.tsx";
import { UnlessArchived } from "./unless-archived.tsx";

/** What can be changed of a project. Each group is saved on its own. */
export function SettingsPage({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("projects.settings");
  const admin = useHasRole("admin");
  return (
    <ProjectFrame id={projectId}>
      {(project) =>
        admin ? (
          <>
            <PageHead title={t("title")} />
            <div className="grid max-w-read gap-6">
              {/* Of an archived project only its state can be changed, which says so itself. */}
              <UnlessArchived projectId={project.id} quiet>
                <DescriptionSettings project={project} />
                <GuidelineSettings project={project} />
                <LanguageSettings project={project} />
                <OverlapSettings project={project} />
                <LeaseSettings project={project} />
                <AssignmentSettings project={project} />
                <BlurSettings project={project} />
              </UnlessArchived>
              <ArenaSettingsLink projectId={project.id} />
              <WebhookSettings projectId={project.id} />
              <CopySettings project={project} />
              <ArchiveSettings project={project} />
              <StateSettings project={project} />
              <RetentionSettings project={project} />
              <DeleteProject project={project} />
            </div>
          </>
        ) : (
          <EmptyState title={t("refused.title")}>{t("refused.body")}</EmptyState>
        )
      }
    </ProjectFrame>
  );
}
