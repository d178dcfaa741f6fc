"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ApiError } from "@touchstone/api-client";
import type { BroughtArchive } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { api } from "../../api/client.ts";
import { Button } from "../../components/button.tsx";
import { Chip, type ChipState } from "../../components/figures/chip.tsx";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { projectsQuery } from "../projects/project-queries.ts";
import { ArchiveContentsFacts } from "./archive-contents.tsx";
import { ArchiveProgress } from "./archive-progress.tsx";
import { broughtArchivesQuery, isUnderWay } from "./archive-queries.ts";

/** A copy of a project that was brought: how far it is, or what became of it. */
export function Brought({ archive }: { readonly archive: BroughtArchive }): ReactNode {
  const t = useTranslations("projects.archive.brought");
  const { name, state, problem } = archive;
  return (
    <>
      <Heading archive={archive} />
      {isUnderWay(state) ? (
        <>
          <ArchiveProgress label={name} direction="in" archive={archive} />
          <p className="text-xs text-ink-3">{t("atOnce")}</p>
          <Stop id={archive.id} name={name} />
        </>
      ) : null}
      {state === "failed" ? <FormProblem problem={problem ? new ApiError(problem) : null} /> : null}
      {state === "cancelled" ? <p className="text-sm text-ink-2">{t("cancelled")}</p> : null}
      <Made archive={archive} />
    </>
  );
}

function Stop({ id, name }: { readonly id: string; readonly name: string }): ReactNode {
  const t = useTranslations("projects.archive.brought");
  const client = useQueryClient();
  const stop = useMutation({
    mutationFn: () => api.cancelBroughtArchive({ params: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: broughtArchivesQuery.queryKey }),
  });
  return (
    <>
      <Button
        className="justify-self-start"
        aria-label={t("stopNamed", { name })}
        pending={stop.isPending}
        onClick={() => stop.mutate()}
      >
        {t("stop")}
      </Button>
      <FormProblem problem={stop.error} />
    </>
  );
}

/** The project that was made, and what of it is not as it was. */
function Made({ archive: { projectId, projectName, receipt } }: { readonly archive: BroughtArchive }): ReactNode {
  const t = useTranslations("projects.archive.brought");
  const client = useQueryClient();
  if (!receipt) return null;
  const { people, models, contents } = receipt;
  return (
    <>
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

function markOf(state: BroughtArchive["state"]): ChipState {
  if (state === "ready") return "ok";
  if (state === "failed") return "attention";
  if (state === "cancelled" || state === "removed") return "rest";
  return state === "working" ? "running" : "waiting";
}
