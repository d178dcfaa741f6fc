"use client";
import { useQuery } from "@tanstack/react-query";
import type { ImportReceipt } from "@touchstone/contracts";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "../../../components/button.tsx";
import { lazyPart } from "../../../components/lazy-part.ts";
import { projectQuery } from "../../projects/project-queries.ts";
import { usePreviewStage } from "./preview-stage.tsx";

/** The whole workbench comes with it, which whoever only imports does without. */
const PreviewDesk = lazyPart(() => import("./preview-desk.tsx").then((file) => file.PreviewDesk));

interface Props {
  readonly projectId: string;
  readonly receipt: ImportReceipt;
  readonly disabled: boolean;
}

/** Opens the desk with the first tasks on it, as people will have them. */
export function TasksPreview({ projectId, receipt, disabled }: Props): ReactNode {
  const t = useTranslations("mapping.preview");
  const show = usePreviewStage();
  const project = useQuery(projectQuery(projectId)).data;
  const { tasks, questionnaires } = receipt;
  if (tasks.length === 0) return <p className="text-sm text-ink-2">{t("none")}</p>;
  return (
    <Button
      className="justify-self-start"
      data-preview
      disabled={disabled || project === undefined}
      onClick={() => {
        if (project === undefined) return;
        show(
          <PreviewDesk
            projectId={projectId}
            guidelineVersion={project.guideline.version}
            blur={project.blur}
            tasks={tasks}
            questionnaires={questionnaires}
            onClose={() => show()}
          />,
        );
      }}
    >
      {t("open", { count: tasks.length })}
    </Button>
  );
}
