"use client";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FormProblem } from "../../components/forms/form-problem.tsx";
import { FileChangedError } from "./file-changed.ts";

/** Why a file could not be read or imported; a file that changed on disk is no lost connection. */
export function ReadingProblem({ problem }: { readonly problem: unknown }): ReactNode {
  const t = useTranslations("imports");
  if (!(problem instanceof FileChangedError)) return <FormProblem problem={problem} />;
  return (
    <p role="alert" className="flex items-baseline gap-1.5 text-warn">
      <i aria-hidden="true" className="mark" data-state="attention" />
      {t("fileChanged")}
    </p>
  );
}
