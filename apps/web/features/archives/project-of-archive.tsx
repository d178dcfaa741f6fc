"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ApiError } from "@touchstone/api-client";
import type { BroughtArchive } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { api } from "../../api/client.ts";
import { Card } from "../../components/card.tsx";
import { Chip } from "../../components/figures/chip.tsx";
import { WaitingStreak } from "../../components/figures/streak.tsx";
import { Field } from "../../components/forms/field.tsx";
import { FileInput } from "../../components/forms/file-input.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { projectsQuery } from "../projects/project-queries.ts";
import { ArchiveContentsFacts } from "./archive-contents.tsx";
import { ArchiveProgress } from "./archive-progress.tsx";
import { broughtArchivesQuery } from "./archive-queries.ts";

/** Of those that ended, so many are told of. */
const shown = 3;

/** Makes a project of a copy that one was written as, on another installation or here before it was deleted. */
export function ProjectOfArchive(): ReactNode {
  const t = useTranslations("projects.archive.brought");
  const client = useQueryClient();
  const brought = useQuery(broughtArchivesQuery);
  const send = useMutation({
    mutationFn: (file: File) =>
      api.bringArchive({ query: { name: file.name }, upload: { body: file, contentType: "application/zip" } }),
    onSettled: () => client.invalidateQueries({ queryKey: broughtArchivesQuery.queryKey }),
  });
  return (
    <Card title={t("title")} className="max-w-read">
      <div className="grid gap-3">
        <Field label={t("read")} hint={t("readHint")}>
          <FileInput accept=".zip" disabled={send.isPending} onFiles={([file]) => file && send.mutate(file)} />
        </Field>
        {send.isPending ? <WaitingStreak label={t("uploading")} /> : null}
        <FormProblem problem={send.error} />
        <ul className="divide-y divide-line border-t border-line empty:hidden">
          {brought.data?.items.slice(0, shown).map((archive) => (
            <li key={archive.id} className="grid gap-2 py-3">
              <Brought archive={archive} />
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}

function Brought({ archive }: { readonly archive: BroughtArchive }): ReactNode {
  const t = useTranslations("projects.archive.brought");
  const client = useQueryClient();
  const { name, state, phase, rows, totalRows, projectId, projectName, receipt, problem } = archive;
  if (state === "failed") {
    return (
      <>
        <Heading archive={archive} />
        <FormProblem problem={problem ? new ApiError(problem) : null} />
      </>
    );
  }
  if (state !== "ready" || !receipt) {
    return (
      <>
        <Heading archive={archive} />
        <ArchiveProgress label={name} rows={rows} totalRows={phase === "rows" ? totalRows : null}>
          {phase === null ? t("waiting") : t(`phases.${phase}`, { rows, total: totalRows ?? 0 })}
        </ArchiveProgress>
      </>
    );
  }
  const { people, models, contents } = receipt;
  return (
    <>
      <Heading archive={archive} />
      {projectId ? (
        <p>
          <TextLink
            href={`/projects/${projectId}`}
            onClick={() => void client.invalidateQueries({ queryKey: projectsQuery.queryKey })}
          >
            {projectName ?? t("open")}
          </TextLink>
        </p>
      ) : null}
      <ArchiveContentsFacts contents={contents} />
      <p className="text-sm text-ink-2">
        {t("people", people)} {models.known > 0 ? t("modelsKnown", { count: models.known }) : null}
      </p>
      {contents.tables.endpoint_call ? (
        <p className="text-sm text-ink-2">
          {t.rich("endpoints", { link: (words) => <TextLink href="/models/endpoints">{words}</TextLink> })}
        </p>
      ) : null}
    </>
  );
}

function Heading({ archive: { name, state, bytes } }: { readonly archive: BroughtArchive }): ReactNode {
  const t = useTranslations("projects.archive.brought");
  const formats = useFormats();
  return (
    <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
      <span className="wrap-anywhere">{name}</span>
      {bytes === null ? null : <span className="text-sm text-ink-2">{formats.bytes(bytes)}</span>}
      <Chip state={markOf(state)}>{t(`states.${state}`)}</Chip>
    </p>
  );
}

function markOf(state: BroughtArchive["state"]) {
  if (state === "ready") return "ok";
  if (state === "failed") return "attention";
  return state === "working" ? "running" : "waiting";
}
