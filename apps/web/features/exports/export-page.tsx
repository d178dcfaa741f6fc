"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { ButtonLink } from "../../components/button.tsx";
import { DownloadLink } from "../../components/download-link.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { ProjectFrame } from "../projects/project-frame.tsx";
import { addressOf, fitting, isShaped, plainExport } from "./asked-export.ts";
import { ExportChoices } from "./export-choices.tsx";
import { ExportFit } from "./export-fit.tsx";
import { ExportSample } from "./export-sample.tsx";
import { ExportSize } from "./export-size.tsx";
import { RowLengths } from "./row-lengths.tsx";

/** The browser streams the file to disk by itself, so it may be of any size. */
export function ExportPage({ projectId }: { readonly projectId: string }): ReactNode {
  const t = useTranslations("exports");
  const sets = useTranslations("labelSets");
  const [chosen, setChosen] = useState(plainExport);
  const asked = fitting(chosen);
  const { format, aggregation } = asked;
  const shaped = isShaped(format);
  return (
    <ProjectFrame id={projectId}>
      {() => (
        <>
          <PageHead
            title={t("title")}
            actions={<ButtonLink href={`/projects/${projectId}/label-sets`}>{sets("title")}</ButtonLink>}
          />
          <div className="grid max-w-read gap-4">
            <ExportChoices chosen={chosen} onChange={setChosen} />
            <p className="max-w-read text-ink-2">{t("what")}</p>
            {shaped || aggregation !== "votes" ? (
              <ExportFit projectId={projectId} asked={asked} />
            ) : (
              <ExportSize projectId={projectId} format={format} includeSimulated={asked.includeSimulated} />
            )}
            <RowLengths
              of={{ projectId }}
              asked={asked}
              onCounted={(tokens) => setChosen((before) => ({ ...before, tokens }))}
            />
            <ExportSample projectId={projectId} asked={asked} />
            {/* The server names the file after the project, the format and the kind of file. */}
            <DownloadLink variant="primary" href={addressOf(projectId, chosen)} className="justify-self-start">
              {t("submit")}
            </DownloadLink>
            {shaped && asked.container !== "folder" ? (
              <div className="grid justify-items-start gap-1">
                <Beside href={addressOf(projectId, chosen, "sidecar")}>{t("sidecar")}</Beside>
                {format.startsWith("llama-factory-") ? (
                  <Beside href={addressOf(projectId, chosen, "dataset-info")}>{t("datasetInfo")}</Beside>
                ) : null}
                <p className="text-xs text-ink-3">{t("besides")}</p>
              </div>
            ) : null}
          </div>
        </>
      )}
    </ProjectFrame>
  );
}

function Beside({ href, children }: { readonly href: string; readonly children: ReactNode }): ReactNode {
  return (
    <a href={href} download className="inline-flex min-h-6 items-center text-accent underline-offset-3 hover:underline">
      {children}
    </a>
  );
}
