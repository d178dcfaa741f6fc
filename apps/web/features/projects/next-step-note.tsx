"use client";
import type { ProjectFigures, ProjectView } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ButtonLink } from "../../components/button.tsx";
import { useFormats } from "../../components/use-formats.ts";
import { useSession } from "../session/signed-in.tsx";
import { nextStepOf } from "./next-step.ts";

interface NextStepNoteProps {
  readonly project: ProjectView;
  readonly figures: ProjectFigures;
}

/** How the project stands in one sentence, and the one thing to do next. */
export function NextStepNote({ project, figures }: NextStepNoteProps): ReactNode {
  const t = useTranslations("projects.next");
  const formats = useFormats();
  const { role } = useSession().member;
  const step = nextStepOf({ project, figures, role, now: new Date() });
  if (!step) return null;
  const { kind, href, left, doneAt } = step;
  const { closed, underway } = figures.missing;
  return (
    <section
      aria-label={t("label")}
      className="flex flex-wrap items-center justify-between gap-x-6 gap-y-3 rounded-lg border border-line bg-surface px-4 py-3"
    >
      <p className="max-w-read">
        {t(`${kind}.text`, {
          left,
          closed,
          underway,
          prompts: figures.prompts,
          people: figures.annotatorCount,
          overlap: project.overlap,
        })}{" "}
        {doneAt ? <span className="text-ink-2">{t("doneAt", { at: formats.dateTime(doneAt) })}</span> : null}
      </p>
      <ButtonLink href={href} variant="primary" className="max-md:w-full">
        {t(`${kind}.action`)}
      </ButtonLink>
    </section>
  );
}
