"use client";
import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "../../components/button.tsx";
import { Chip } from "../../components/figures/chip.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { QueryView } from "../../components/query-view.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { ProjectFrame } from "../projects/project-frame.tsx";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { QuestionnaireCard } from "./questionnaire-card.tsx";
import { questionnairesQuery } from "./questionnaire-queries.ts";
import { type QuestionnaireVersions, versionsByName } from "./versions.ts";

interface QuestionnaireListProps {
  readonly projectId: string;
  /** The questionnaire that was just saved, by name. */
  readonly saved: string | undefined;
}

/** What a project asks and has asked. */
export function QuestionnaireList({ projectId, saved }: QuestionnaireListProps): ReactNode {
  const t = useTranslations("questionnaires");
  const admin = useHasRole("admin");
  const questionnaires = useQuery(questionnairesQuery(projectId));
  const create = admin ? (
    <UnlessArchived projectId={projectId} quiet>
      <ButtonLink href={`/projects/${projectId}/questions/new`} variant="primary">
        {t("create")}
      </ButtonLink>
    </UnlessArchived>
  ) : null;
  return (
    <ProjectFrame id={projectId}>
      {() => (
        <>
          <PageHead title={t("title")} actions={create} />
          <p className="mb-5 max-w-read text-ink-2">{t("what")}</p>
          <QueryView query={questionnaires}>
            {({ items }) => {
              const all = versionsByName(items);
              const made = all.find(({ name }) => name === saved);
              return (
                <div className="grid grid-cols-1 gap-5">
                  {made ? <Saved projectId={projectId} made={made} /> : null}
                  {all.map((one) => (
                    <QuestionnaireCard key={one.name} projectId={projectId} questionnaire={one} />
                  ))}
                </div>
              );
            }}
          </QueryView>
        </>
      )}
    </ProjectFrame>
  );
}

interface SavedProps {
  readonly projectId: string;
  readonly made: QuestionnaireVersions;
}

/** That it is saved, and what makes somebody be asked it. */
function Saved({ projectId, made: { name, newest } }: SavedProps): ReactNode {
  const t = useTranslations("questionnaires");
  const builds = useHasRole("admin", "researcher");
  return (
    <p role="status" className="flex flex-wrap items-center gap-x-4">
      <Chip state="ok">{t("saved", { name, version: newest.version })}</Chip>
      {builds ? <TextLink href={`/projects/${projectId}/import?ask=${name}`}>{t("importFor")}</TextLink> : null}
    </p>
  );
}
