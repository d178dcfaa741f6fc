"use client";
import type { QuestionnaireListItem } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "../../components/button.tsx";
import { Card } from "../../components/card.tsx";
import { DownloadLink } from "../../components/download-link.tsx";
import { UnlessArchived } from "../projects/unless-archived.tsx";
import { useHasRole } from "../session/signed-in.tsx";
import { questionnaireFile } from "./form/questionnaire-file.ts";
import { QuestionLines } from "./question-lines.tsx";
import type { QuestionnaireVersions } from "./versions.ts";

interface QuestionnaireCardProps {
  readonly projectId: string;
  readonly questionnaire: QuestionnaireVersions;
}

/** One questionnaire: what its newest version asks, by how many tasks, and folded away what earlier ones did. */
export function QuestionnaireCard({ projectId, questionnaire }: QuestionnaireCardProps): ReactNode {
  const t = useTranslations("questionnaires");
  const admin = useHasRole("admin");
  const { name, newest, earlier, standard } = questionnaire;
  const at = `/projects/${projectId}/questions/new`;
  return (
    <Card title={name} aside={standard ? t("standard") : undefined}>
      <div className="grid gap-3">
        <Version version={newest} />
        {earlier.length > 0 ? (
          <details>
            <summary className="cursor-pointer text-ink-2">{t("earlier", { count: earlier.length })}</summary>
            <div className="mt-3 grid gap-4">
              {earlier.map((version) => (
                <Version key={version.id} version={version} />
              ))}
            </div>
          </details>
        ) : null}
        {admin ? (
          <UnlessArchived projectId={projectId} quiet>
            <div className="flex flex-wrap gap-2">
              {standard ? null : <ButtonLink href={`${at}?of=${name}`}>{t("newVersion")}</ButtonLink>}
              <ButtonLink href={`${at}?like=${name}`} variant={standard ? "default" : "ghost"}>
                {t("likeIt")}
              </ButtonLink>
              {standard ? null : <SaveAsFile version={newest} />}
            </div>
          </UnlessArchived>
        ) : null}
      </div>
    </Card>
  );
}

/** The whole is in the link: nothing is asked of the API, and nothing has to be cleared away. */
function SaveAsFile({ version }: { readonly version: QuestionnaireListItem }): ReactNode {
  const t = useTranslations("questionnaires.file");
  return (
    <DownloadLink
      variant="ghost"
      href={`data:application/json;charset=utf-8,${encodeURIComponent(questionnaireFile(version))}`}
      download={`${version.name}-${version.version}.json`}
    >
      {t("save")}
    </DownloadLink>
  );
}

function Version({ version }: { readonly version: QuestionnaireListItem }): ReactNode {
  const t = useTranslations("questionnaires");
  return (
    <div className="grid gap-1.5">
      <p className="text-xs text-ink-3">
        {t("version", { version: version.version })} · {t("tasks", { count: version.tasks })}
      </p>
      <QuestionLines questions={version.questions} />
    </div>
  );
}
